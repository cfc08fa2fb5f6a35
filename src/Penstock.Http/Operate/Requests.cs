namespace Penstock.Http.Operate;

/// <summary>The body of a run now.</summary>
internal sealed record RunRequest(IReadOnlyList<string>? Streams);

/// <summary>The body of a backfill.</summary>
internal sealed record BackfillRequest(string Pipeline, IReadOnlyList<string>? Streams, DateTimeOffset From, DateTimeOffset To, int? Parallelism, string? Priority, bool? DryRun);

/// <summary>The body of a change that people may want to know the reason of.</summary>
internal sealed record ReasonRequest(string? Reason);
