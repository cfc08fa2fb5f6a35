using Penstock.Pipelines.Watching.Notices;

namespace Penstock.Pipelines.Watching;

/// <summary>What is watched of a pipeline, and who hears of it: <c>monitors</c> in its file.</summary>
public sealed record MonitorOptions
{
    /// <summary>The defaults.</summary>
    public static MonitorOptions Default { get; } = new();

    /// <summary>Who hears of it; null: whom the installation names.</summary>
    public AlertTarget? Target { get; init; }

    /// <summary>How many of an hour's records may be in quarantine, in percent; default 0: any is told.</summary>
    public decimal QuarantinePercent { get; init; }

    /// <summary>Whether volumes are compared with history; default true.</summary>
    public bool Volume { get; init; } = true;

    /// <summary>Whether rates of nulls and of different values are compared with history; default true.</summary>
    public bool Columns { get; init; } = true;

    /// <summary>How late a run may begin after it was due; default 3 minutes.</summary>
    public TimeSpan ScheduleGrace { get; init; } = TimeSpan.FromMinutes(3);
}
