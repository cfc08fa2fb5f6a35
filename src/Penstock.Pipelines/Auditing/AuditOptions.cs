namespace Penstock.Pipelines.Auditing;

/// <summary>What is audited, and how.</summary>
public sealed record AuditOptions
{
    /// <summary>The pipelines; all if empty.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [];

    /// <summary>Whether curated records are compared with what raw gives: reads every raw blob.</summary>
    public bool Deep { get; init; }

    /// <summary>Whether messages that got lost are sent again. Nothing else is ever repaired.</summary>
    public bool Repair { get; init; }

    /// <summary>How long work may be under way before it counts as stuck; default 15 minutes.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>When to stop, with what was found until then; never by default.</summary>
    public DateTimeOffset Deadline { get; init; } = DateTimeOffset.MaxValue;
}
