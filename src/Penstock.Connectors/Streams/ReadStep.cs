namespace Penstock.Connectors.Streams;

/// <summary>What reading gave: a page, a wait, or a failure. After a wait or a failure nothing more follows.</summary>
public abstract record ReadStep
{
    private protected ReadStep() { }

    /// <summary>The calls that were made for this step, repeated and refused ones included.</summary>
    public CallCounts Calls { get; init; }
}

/// <summary>How many calls were made.</summary>
/// <param name="Made">Calls that reached the source.</param>
/// <param name="Throttled">Of these, how many it refused for its rate limit (429 or what the manifest declares as such).</param>
public readonly record struct CallCounts(int Made, int Throttled)
{
    /// <summary>Adds two counts.</summary>
    public static CallCounts operator +(CallCounts a, CallCounts b) => new(a.Made + b.Made, a.Throttled + b.Throttled);

    /// <summary>Adds another count.</summary>
    public CallCounts Add(CallCounts other) => this + other;
}

/// <summary>One page of records.</summary>
/// <param name="Records">
/// The records after extraction, filtering and transformation: each one JSON object in UTF-8 without line breaks. The memory
/// is pooled and valid only until the next step is asked for.
/// </param>
/// <param name="NextPosition">The position after this page, to go on from in another process; null if it was the last.</param>
/// <param name="GreatestCursor">The greatest cursor value among the page's records; null if there is none.</param>
/// <param name="Filtered">How many records the connector's filter left out of this page.</param>
public sealed record PageRead(
    IReadOnlyList<ReadOnlyMemory<byte>> Records, string? NextPosition, string? GreatestCursor, int Filtered) : ReadStep;

/// <summary>The quota or the source asks to wait: go on at <paramref name="Until"/> from the last page's position.</summary>
/// <param name="Until">When to go on.</param>
/// <param name="Reason">Why, in words for an operator.</param>
public sealed record ReadWaits(DateTimeOffset Until, string Reason) : ReadStep
{
    /// <summary>The failure that is waited for to pass, which counts as one; null if it is the quota or the source's wish.</summary>
    public SourceError? Failure { get; init; }
}

/// <summary>The source refused or answered what can't be read.</summary>
/// <param name="Error">What went wrong.</param>
public sealed record ReadFailed(SourceError Error) : ReadStep;
