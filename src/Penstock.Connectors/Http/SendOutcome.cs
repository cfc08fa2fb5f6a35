using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Http;

/// <summary>What came of a call after retries.</summary>
internal abstract record SendOutcome
{
    /// <summary>The calls that were made for it.</summary>
    public CallCounts Calls { get; init; }
}

/// <summary>An answer to read. If its status isn't ok, the connector chose to go on without it: it has no records and no next page.</summary>
internal sealed record Delivered(HttpAnswer Answer) : SendOutcome;

/// <summary>The quota or the source asks to wait for longer than is awaited in place.</summary>
internal sealed record MustWait(DateTimeOffset Until, string Reason) : SendOutcome
{
    /// <summary>The failure that is waited for to pass; null if it is the quota or the source's wish.</summary>
    public SourceError? Failure { get; init; }

    /// <summary>The wait as a step of reading.</summary>
    public ReadWaits ToStep() => new(Until, Reason) { Failure = Failure };
}

/// <summary>The call failed for good.</summary>
internal sealed record SendFailed(SourceError Error) : SendOutcome;

/// <summary>The connector wants the slice read again from its beginning, or a smaller one.</summary>
internal sealed record PagingReset : SendOutcome;
