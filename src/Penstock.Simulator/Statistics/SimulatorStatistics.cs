namespace Penstock.Simulator;

/// <summary>What a simulator did since it started or was reset.</summary>
public sealed record SimulatorStatistics
{
    /// <summary>All calls, but for those under <c>/_simulator</c>.</summary>
    public required long Calls { get; init; }

    /// <summary>Calls of each key, by its name.</summary>
    public required IReadOnlyDictionary<string, long> CallsByKey { get; init; }

    /// <summary>Calls that passed the keys and the quotas.</summary>
    public required long Allowed { get; init; }

    /// <summary>Calls answered 401 or 403.</summary>
    public required long Refused { get; init; }

    /// <summary>Calls answered 429.</summary>
    public required long Throttled { get; init; }

    /// <summary>Calls answered 5xx.</summary>
    public required long ServerErrors { get; init; }

    /// <summary>Calls whose answer was cut.</summary>
    public required long Cut { get; init; }

    /// <summary>What was served whole, by dataset.</summary>
    public required IReadOnlyDictionary<string, DatasetStatistics> Datasets { get; init; }

    /// <summary>The latest calls, oldest first.</summary>
    public required IReadOnlyList<LoggedCall> Log { get; init; }
}

/// <summary>What was served of one dataset, in answers that were sent whole.</summary>
/// <param name="Served">Records, each time they were served.</param>
/// <param name="Distinct">Different records.</param>
public sealed record DatasetStatistics(long Served, long Distinct);

/// <summary>One call.</summary>
/// <param name="Number">From 1, in order of arrival.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Key">The caller's key by name; empty if it had none that is known.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query, without a key.</param>
/// <param name="Status">The status answered.</param>
/// <param name="Fault">The fault it met, if any.</param>
/// <param name="Records">Records served.</param>
public sealed record LoggedCall(long Number, DateTimeOffset At, string Key, string Method, string Target, int Status, string? Fault, long Records);
