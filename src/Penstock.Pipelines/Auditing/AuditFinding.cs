namespace Penstock.Pipelines.Auditing;

/// <summary>Something that isn't as it must be.</summary>
/// <param name="Rule">Which invariant it breaks: one of <see cref="AuditRules"/>.</param>
/// <param name="IsBroken">Whether a promise is broken; otherwise it is something to know, such as garbage.</param>
/// <param name="Subject">Where: a blob's name, or <c>pipeline/stream</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
public sealed record AuditFinding(string Rule, bool IsBroken, string Subject, string Message, string Fix)
{
    /// <summary>What a repair did about it; null if nothing was done.</summary>
    public string? Repair { get; init; }
}

/// <summary>The names of the invariants, as docs/audit.md explains them.</summary>
public static class AuditRules
{
    /// <summary>A blob that a slice or the ledger names is there, with the size it had.</summary>
    public const string RawMissing = "raw-missing";

    /// <summary>A raw blob belongs to a slice that has committed it.</summary>
    public const string RawUnnamed = "raw-unnamed";

    /// <summary>A raw blob that no slice has committed is garbage, and is deleted after two days.</summary>
    public const string RawOrphan = "raw-orphan";

    /// <summary>What is landed is transformed.</summary>
    public const string NotTransformed = "not-transformed";

    /// <summary>For every blob: read = curated + quarantined + filtered, and as many are read as were landed.</summary>
    public const string Counts = "counts";

    /// <summary>Transforms are sent soon after the commit.</summary>
    public const string Outbox = "outbox-stuck";

    /// <summary>A slice whose reader died is taken up by another.</summary>
    public const string Lease = "lease-expired";

    /// <summary>A completed run has landed all its slices; a stream has no run that isn't there.</summary>
    public const string Run = "run";

    /// <summary>A cursor is where the landed windows take it: never ahead of them.</summary>
    public const string Cursor = "cursor";

    /// <summary>Curated is a function of raw.</summary>
    public const string Curated = "curated";

    /// <summary>Something couldn't be checked.</summary>
    public const string Unchecked = "unchecked";
}
