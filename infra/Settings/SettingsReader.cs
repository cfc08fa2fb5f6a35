namespace Penstock.Infra.Settings;

/// <summary>Reads a stack's settings, whole, before anything is created.</summary>
internal static class SettingsReader
{
    /// <summary>Reads the settings.</summary>
    /// <param name="stack">The stack's name, for the error.</param>
    /// <param name="values">The values by key, the keys without <c>penstock:</c>.</param>
    /// <exception cref="SettingsException">Some are wrong; it lists them all.</exception>
    public static StackSettings Read(string stack, IReadOnlyDictionary<string, string> values)
    {
        var fields = new SettingsFields(values);
        var general = new StackSettings
        {
            Environment = fields.OneOf("environment", null, "dev", "prod"),
            Location = fields.Text("location", null, "^[a-z][a-z0-9]{3,39}$", "Write an Azure region as 'az account list-locations' names it, like westeurope."),
            Suffix = fields.Text("suffix", null, "^[a-z0-9]{3,6}$", "Write 3 to 6 lower-case letters and digits that make the names unique worldwide."),
            Owner = fields.Text("owner", null, "^[^<>%&\\\\?/]{1,100}$", "Write the team that answers for the stack, at most 100 characters, none of <>%&\\?/."),
            AlertEmails = fields.List("alertEmails", required: true, item => item.Contains('@', StringComparison.Ordinal) ? item : null, "Write one or more e-mail addresses, separated by commas."),
            BudgetFrom = fields.FirstOfMonth("budgetFrom"),
        };
        StackSettings defaults = general.Environment == "prod" ? general.ForProd() : general;
        StackSettings settings = defaults with
        {
            CostCenter = fields.Text("costCenter", defaults.CostCenter, "^[^<>%&\\\\?/]{1,100}$", "Write at most 100 characters, none of <>%&\\?/."),
            BudgetPerMonth = fields.Whole("budgetPerMonth", defaults.BudgetPerMonth, 1, 1_000_000),
            Function = Function(fields, defaults.Function),
            Storage = Storage(fields, defaults.Storage),
            Cosmos = Cosmos(fields, defaults.Cosmos),
            EventHubs = EventHubs(fields, defaults.EventHubs),
            LogRetentionDays = fields.Whole("logRetentionDays", defaults.LogRetentionDays, 30, 730),
            LogDailyCapGb = fields.Whole("logDailyCapGb", defaults.LogDailyCapGb, 1, 1000),
            PrivateNetwork = fields.Boolean("privateNetwork", defaults.PrivateNetwork),
            AddressSpace = fields.Text("addressSpace", defaults.AddressSpace, @"^(10\.\d{1,3}|172\.(1[6-9]|2\d|3[01])|192\.168)\.\d{1,3}\.0/2[234]$", "Write a private network of /22 to /24, like 10.60.0.0/24."),
            Protect = fields.Boolean("protect", defaults.Protect),
            VaultRetentionDays = fields.Whole("vaultRetentionDays", defaults.VaultRetentionDays, 7, 90),
            SecretOfficers = fields.List("secretOfficers", required: false, AsGuid, "Write object ids of Entra ID groups, separated by commas."),
            EventSenders = fields.List("eventSenders", required: false, AsSender, "Write hub=object id, separated by commas."),
        };
        fields.Require(settings.Function.AlwaysReady != 1 || !settings.Storage.IsZoneRedundant, "functionAlwaysReady",
            "Write 0, or 2 and more: where storage is zone-redundant the app is too, and one instance is in one zone.");
        fields.RejectOthers();
        return fields.Problems.Count == 0 ? settings : throw new SettingsException(stack, fields.Problems);
    }

    private static FunctionSettings Function(SettingsFields fields, FunctionSettings otherwise) => new()
    {
        MemoryMb = fields.OneOf("functionMemoryMb", otherwise.MemoryMb, 512, 2048, 4096),
        MaximumInstances = fields.Whole("functionMaximumInstances", otherwise.MaximumInstances, 40, 1000),
        AlwaysReady = fields.Whole("functionAlwaysReady", otherwise.AlwaysReady, 0, 20),
    };

    private static StorageSettings Storage(SettingsFields fields, StorageSettings otherwise)
    {
        var storage = new StorageSettings
        {
            Replication = fields.OneOf("storageReplication", otherwise.Replication, "LRS", "ZRS", "GRS", "GZRS"),
            SoftDeleteDays = fields.Whole("softDeleteDays", otherwise.SoftDeleteDays, 7, 365),
            RawRetentionDays = fields.Whole("rawRetentionDays", otherwise.RawRetentionDays, 7, 3650),
            RawCoolAfterDays = fields.Whole("rawCoolAfterDays", otherwise.RawCoolAfterDays, 1, 3650),
            QuarantineRetentionDays = fields.Whole("quarantineRetentionDays", otherwise.QuarantineRetentionDays, 7, 3650),
            LedgerRetentionDays = fields.Whole("ledgerRetentionDays", otherwise.LedgerRetentionDays, 7, 3650),
        };
        fields.Require(storage.LedgerRetentionDays >= storage.RawRetentionDays, "ledgerRetentionDays",
            $"Write at least rawRetentionDays ({storage.RawRetentionDays}): the ledger says what became of landed records.");
        return storage;
    }

    private static CosmosSettings Cosmos(SettingsFields fields, CosmosSettings otherwise) => new()
    {
        Capacity = fields.OneOf("cosmosCapacity", otherwise.Capacity, "serverless", "autoscale"),
        MaximumThroughput = fields.Whole("cosmosMaximumThroughput", otherwise.MaximumThroughput, 1000, 1_000_000, step: 1000),
        BackupDays = fields.OneOf("cosmosBackupDays", otherwise.BackupDays, 7, 30),
        ZoneRedundant = fields.Boolean("cosmosZoneRedundant", otherwise.ZoneRedundant),
    };

    private static EventHubSettings EventHubs(SettingsFields fields, EventHubSettings otherwise)
    {
        var hubs = new EventHubSettings
        {
            Capacity = fields.Whole("eventHubsCapacity", otherwise.Capacity, 1, 40),
            MaximumCapacity = fields.Whole("eventHubsMaximumCapacity", otherwise.MaximumCapacity, 1, 40),
            Partitions = fields.Whole("eventHubsPartitions", otherwise.Partitions, 1, 32),
            RetentionHours = fields.Whole("eventHubsRetentionHours", otherwise.RetentionHours, 1, 168),
        };
        fields.Require(hubs.MaximumCapacity >= hubs.Capacity, "eventHubsMaximumCapacity", $"Write at least eventHubsCapacity ({hubs.Capacity}).");
        return hubs;
    }

    private static Guid AsGuid(string item) => Guid.TryParse(item, out Guid id) ? id : default;

    private static EventSender? AsSender(string item) =>
        item.Split('=') is [{ Length: > 0 } hub, var id] && Guid.TryParse(id, out Guid principal) ? new(hub, principal) : null;
}
