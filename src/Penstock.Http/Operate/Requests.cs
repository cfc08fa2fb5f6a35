namespace Penstock.Http.Operate;

/// <summary>The body of a run now.</summary>
internal sealed record RunRequest(IReadOnlyList<string>? Streams);

/// <summary>The body of a backfill.</summary>
internal sealed record BackfillRequest(string Pipeline, IReadOnlyList<string>? Streams, DateTimeOffset From, DateTimeOffset To);
