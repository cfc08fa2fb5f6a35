using System.Text.Json.Serialization;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Refreshes;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Runs;

/// <summary>One execution of a pipeline's stream: its slices (DESIGN 3).</summary>
public sealed record Run
{
    /// <summary>The run's id, unique in its stream; sorts by the time it began.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Why it runs.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>When it was planned; counts as now for its windows.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The window of a backfill; null otherwise.</summary>
    public BackfillWindow? Window { get; init; }

    /// <summary>The backfill that it belongs to; null otherwise.</summary>
    public string? Backfill { get; init; }

    /// <summary>How far it is.</summary>
    public RunStatus Status { get; init; } = RunStatus.Planning;

    /// <summary>When it ended; null as long as it hasn't.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where planning goes on.</summary>
    public PlanPosition Position { get; init; } = PlanPosition.Beginning;

    /// <summary>Planning waits until then for the source's quota; null if it doesn't.</summary>
    public DateTimeOffset? PlanAfter { get; init; }

    /// <summary>How often planning failed in a row.</summary>
    public int PlanFailures { get; init; }

    /// <summary>How many batches of slices are planned.</summary>
    public int Batches { get; init; }

    /// <summary>How many slices are planned.</summary>
    public int Slices { get; init; }

    /// <summary>The batches whose slices have all ended, in ascending order.</summary>
    public IReadOnlyList<int> BatchesEnded { get; init; } = [];

    /// <summary>How many slices the batches that have ended had.</summary>
    public int SlicesInEnded { get; init; }

    /// <summary>How many slices may be in the queue at once; null for all.</summary>
    public int? Lanes { get; init; }

    /// <summary>How many slices were let into the queue, where their number is limited.</summary>
    public int Sent { get; init; }

    /// <summary>Whether an operator paused it: its messages are dropped, and sent again when it goes on.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether a backfill takes quota as live runs do.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>Why it failed; null if it didn't.</summary>
    public string? Error { get; init; }

    /// <summary>What it says of records that came before; null if its stream doesn't ask, or it isn't complete.</summary>
    public RefreshFinding? Refresh { get; init; }

    /// <summary>How far the comparison that finds it is; null before its first pass is done.</summary>
    public RefreshProgress? Comparison { get; init; }

    /// <summary>What planning it used.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Where its trace begins; null if nothing was traced then.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>How urgent its calls are: what keeps data fresh goes before what fills the past.</summary>
    [JsonIgnore]
    public CallPriority Priority => Kind == RunKind.Backfill && !IsUrgent ? CallPriority.Backfill : CallPriority.Live;

    /// <summary>Whether it has ended, however.</summary>
    public bool HasEnded => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled;

    /// <summary>Whether every slice is planned and has ended.</summary>
    public bool IsExhausted => Status == RunStatus.Running && BatchesEnded.Count == Batches;
}

/// <summary>Why a run runs.</summary>
public enum RunKind
{
    /// <summary>To read what is new since the cursor.</summary>
    Incremental,

    /// <summary>To read a past window again.</summary>
    Backfill,
}

/// <summary>How far a run is.</summary>
public enum RunStatus
{
    /// <summary>Its slices are being listed; the first ones may run already.</summary>
    Planning,

    /// <summary>All its slices are listed.</summary>
    Running,

    /// <summary>All its slices are landed.</summary>
    Completed,

    /// <summary>It couldn't be planned, or a slice failed for good; the cursor stays before it.</summary>
    Failed,

    /// <summary>An operator stopped it.</summary>
    Cancelled,
}

/// <summary>Where planning goes on: the connector's position, and how many slices of its page are planned already.</summary>
/// <param name="Connector">The position in the connector's plan; null for its beginning.</param>
/// <param name="Skip">How many slices of the page after that position are planned: those of the batches before it are left out.</param>
public sealed record PlanPosition(string? Connector, int Skip)
{
    /// <summary>Nothing is planned yet.</summary>
    public static PlanPosition Beginning { get; } = new(null, 0);
}
