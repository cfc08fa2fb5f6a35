namespace Penstock.Pipelines.Auditing;

/// <summary>What an audit found.</summary>
public sealed record AuditReport
{
    /// <summary>The most findings that are kept; all are counted.</summary>
    public const int MostFindings = 1000;

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether everything was looked at; false if the time was over before.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>How much was looked at.</summary>
    public AuditCounts Checked { get; init; } = new();

    /// <summary>How many findings break a promise.</summary>
    public int Broken { get; init; }

    /// <summary>How many findings are only to know.</summary>
    public int Notes { get; init; }

    /// <summary>How many were repaired.</summary>
    public int Repaired { get; init; }

    /// <summary>The findings, broken ones and notes as they were found.</summary>
    public IReadOnlyList<AuditFinding> Findings { get; init; } = [];

    /// <summary>Whether no promise is broken.</summary>
    public bool IsClean => Broken == 0;

    /// <summary>Adds the report of other pipelines.</summary>
    public AuditReport With(AuditReport other) => this with
    {
        IsComplete = IsComplete && other.IsComplete,
        Checked = Checked.With(other.Checked),
        Broken = Broken + other.Broken,
        Notes = Notes + other.Notes,
        Repaired = Repaired + other.Repaired,
        Findings = [.. Findings.Concat(other.Findings).Take(MostFindings)],
    };
}

/// <summary>How much an audit has looked at.</summary>
public sealed record AuditCounts
{
    /// <summary>Streams.</summary>
    public long Streams { get; set; }

    /// <summary>Runs.</summary>
    public long Runs { get; set; }

    /// <summary>Slices.</summary>
    public long Slices { get; set; }

    /// <summary>Raw blobs.</summary>
    public long Blobs { get; set; }

    /// <summary>Records that raw blobs hold, as they were landed.</summary>
    public long Records { get; set; }

    /// <summary>Partitions whose cursor was checked.</summary>
    public long Cursors { get; set; }

    /// <summary>Curated records that were compared with raw.</summary>
    public long Compared { get; set; }

    /// <summary>Adds others.</summary>
    public AuditCounts With(AuditCounts other) => new()
    {
        Streams = Streams + other.Streams,
        Runs = Runs + other.Runs,
        Slices = Slices + other.Slices,
        Blobs = Blobs + other.Blobs,
        Records = Records + other.Records,
        Cursors = Cursors + other.Cursors,
        Compared = Compared + other.Compared,
    };
}
