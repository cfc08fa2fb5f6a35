using Penstock.Pipelines.Replays;

namespace Penstock.Http.Operate.Replays;

/// <summary>A replay. <c>status</c> is <c>running</c>, <c>completed</c> or <c>cancelled</c>; <c>share</c> is known once all blobs are listed.</summary>
internal sealed record ReplayView(
    string Id, string Pipeline, IReadOnlyList<string> Streams, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string> Blobs, string? Contract,
    DateTimeOffset RequestedAt, DateTimeOffset? EndedAt, string Status, bool IsListed, int BlobsFound, double? Share, ReplayCounts Counts, string Url)
{
    public static ReplayView Of(Replay replay, ReplayCounts counts) => new(
        replay.Id, replay.What.Pipeline, replay.What.Streams, replay.What.From, replay.What.To, replay.What.Blobs, replay.What.Contract,
        replay.RequestedAt, replay.EndedAt, replay.Status.ToString().ToLowerInvariant(), replay.IsListed, replay.Blobs,
        !replay.IsListed ? null : replay.Blobs == 0 ? 1 : (double)counts.Blobs / replay.Blobs, counts, UrlOf(replay));

    public static string UrlOf(Replay replay) => $"/api/replays/{replay.Id}";
}

internal sealed record PageOfReplays(IReadOnlyList<ReplayView> Items, string? Next);

/// <summary>The body of a replay.</summary>
internal sealed record ReplayRequest(
    string Pipeline, IReadOnlyList<string>? Streams, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string>? Blobs, string? Contract, bool? DryRun, int? Sample);
