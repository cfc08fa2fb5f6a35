namespace Penstock.Infra.Settings;

/// <summary>What a stack is made from. The defaults are those of a dev stack; <see cref="ForProd"/> says what differs in production.</summary>
internal sealed record StackSettings
{
    /// <summary><c>dev</c> or <c>prod</c>: chooses the defaults and names the resources.</summary>
    public required string Environment { get; init; }

    /// <summary>The Azure region.</summary>
    public required string Location { get; init; }

    /// <summary>Makes names unique that must be so worldwide: 3 to 6 lower-case letters and digits.</summary>
    public required string Suffix { get; init; }

    /// <summary>The team that answers for the stack: a tag.</summary>
    public required string Owner { get; init; }

    /// <summary>Who pays: a tag.</summary>
    public string CostCenter { get; init; } = "none";

    /// <summary>Who is told of alerts.</summary>
    public required IReadOnlyList<string> AlertEmails { get; init; }

    /// <summary>The budget of a month, in the subscription's currency.</summary>
    public int BudgetPerMonth { get; init; } = 100;

    /// <summary>The first month of the budget. Azure wants its first day, and takes none of the past.</summary>
    public required DateOnly BudgetFrom { get; init; }

    public FunctionSettings Function { get; init; } = new();

    public StorageSettings Storage { get; init; } = new();

    public CosmosSettings Cosmos { get; init; } = new();

    public EventHubSettings EventHubs { get; init; } = new();

    /// <summary>How long logs are kept, in days. 30 are paid for by their ingestion.</summary>
    public int LogRetentionDays { get; init; } = 30;

    /// <summary>The most gigabytes of logs a day; the rest of the day's are dropped, with an alert.</summary>
    public int LogDailyCapGb { get; init; } = 1;

    /// <summary>Whether the data services are reached over a virtual network only.</summary>
    public bool PrivateNetwork { get; init; }

    /// <summary>The virtual network's addresses: a private /22 to /24.</summary>
    public string AddressSpace { get; init; } = "10.60.0.0/24";

    /// <summary>Whether Pulumi refuses to delete what holds data.</summary>
    public bool Protect { get; init; }

    /// <summary>How long a deleted secret or vault can be brought back, 7 to 90 days; it can't be changed once the vault is there.</summary>
    public int VaultRetentionDays { get; init; } = 7;

    /// <summary>Who may write secrets: object ids of Entra ID groups.</summary>
    public IReadOnlyList<Guid> SecretOfficers { get; init; } = [];

    /// <summary>Who may send to which Event Hub: <c>hub=object id</c>.</summary>
    public IReadOnlyList<EventSender> EventSenders { get; init; } = [];

    public StackSettings ForProd() => this with
    {
        BudgetPerMonth = 1000,
        Function = new() { AlwaysReady = 2, MaximumInstances = 100 },
        Storage = new() { Replication = "ZRS", SoftDeleteDays = 30, RawRetentionDays = 730, LedgerRetentionDays = 730, QuarantineRetentionDays = 180 },
        Cosmos = new() { Capacity = "autoscale", BackupDays = 30, ZoneRedundant = true },
        EventHubs = new() { MaximumCapacity = 4, Partitions = 8, RetentionHours = 168 },
        VaultRetentionDays = 90,
        LogRetentionDays = 90,
        LogDailyCapGb = 10,
        Protect = true,
    };
}

/// <summary>The function app.</summary>
internal sealed record FunctionSettings
{
    /// <summary>Memory of an instance: 512, 2048 or 4096 MB.</summary>
    public int MemoryMb { get; init; } = 2048;

    /// <summary>The most instances of each function group, 40 to 1,000: Azure takes no fewer than 40.</summary>
    public int MaximumInstances { get; init; } = 40;

    /// <summary>Instances that always run for HTTP, 0 to 20: without one, a webhook may wait seconds for its answer. Not 1 with zone-redundant storage.</summary>
    public int AlwaysReady { get; init; }
}

/// <summary>The storage account of the data.</summary>
internal sealed record StorageSettings
{
    /// <summary><c>LRS</c>, <c>ZRS</c>, <c>GRS</c> or <c>GZRS</c>.</summary>
    public string Replication { get; init; } = "LRS";

    /// <summary>Whether it survives the loss of a zone; the app and the host's storage then do, too.</summary>
    public bool IsZoneRedundant => Replication.EndsWith("ZRS", StringComparison.Ordinal);

    /// <summary>How long what was deleted or overwritten can be brought back, in days.</summary>
    public int SoftDeleteDays { get; init; } = 7;

    /// <summary>How long landed records are kept, in days: replays reach back as far.</summary>
    public int RawRetentionDays { get; init; } = 90;

    /// <summary>When landed records move to the cool tier, in days.</summary>
    public int RawCoolAfterDays { get; init; } = 30;

    /// <summary>How long quarantined records are kept, in days.</summary>
    public int QuarantineRetentionDays { get; init; } = 90;

    /// <summary>How long the ledger is kept, in days; not shorter than the landed records that it counts.</summary>
    public int LedgerRetentionDays { get; init; } = 365;
}

/// <summary>Cosmos DB.</summary>
internal sealed record CosmosSettings
{
    /// <summary><c>serverless</c>: paid by request; <c>autoscale</c>: paid by the hour, at least a tenth of the maximum.</summary>
    public string Capacity { get; init; } = "serverless";

    /// <summary>The most request units a second with autoscale, in thousands from 1,000 on.</summary>
    public int MaximumThroughput { get; init; } = 4000;

    /// <summary>How far back the curated records can be restored: 7 or 30 days.</summary>
    public int BackupDays { get; init; } = 7;

    /// <summary>Whether its replicas are in different zones.</summary>
    public bool ZoneRedundant { get; init; }
}

/// <summary>Event Hubs; only made if a pipeline receives events.</summary>
internal sealed record EventHubSettings
{
    /// <summary>Throughput units that are always paid for: each 1 MB/s in.</summary>
    public int Capacity { get; init; } = 1;

    /// <summary>Throughput units that auto-inflate goes up to; it doesn't come down by itself.</summary>
    public int MaximumCapacity { get; init; } = 2;

    /// <summary>Partitions of each hub, 1 to 32; they can't be changed later.</summary>
    public int Partitions { get; init; } = 4;

    /// <summary>How long a hub keeps events, 1 to 168 hours: as long may the function app be down.</summary>
    public int RetentionHours { get; init; } = 72;
}

/// <summary>Somebody who may send to a hub.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="PrincipalId">The object id of a service principal or managed identity.</param>
internal sealed record EventSender(string Hub, Guid PrincipalId);
