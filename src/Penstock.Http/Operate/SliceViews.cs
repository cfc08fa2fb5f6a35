using System.Text.Json;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Operate;

/// <summary>A slice: <c>status</c> is <c>planned</c>, <c>reading</c>, <c>waiting</c>, <c>landed</c> or <c>failed</c>.</summary>
internal sealed record SliceView(
    int Slice, JsonElement Partition, SliceWindowView? Window, string Status, DateTimeOffset? StartedAt, DateTimeOffset? ChangedAt, double? Seconds,
    long Records, long Filtered, int Calls, int Throttled, int Failures, int Blobs, long Bytes, string? Remark, DateTimeOffset? LeasedUntil);

internal sealed record SliceWindowView(string Start, string End);

internal sealed record PageOfSlices(IReadOnlyList<SliceView> Items, string? Next);

/// <summary>Shows slices.</summary>
internal static class SliceViews
{
    public static SliceView Of(int ordinal, StreamSlice planned, SliceDocument? slice, DateTimeOffset now) => new(
        ordinal, JsonDocument.Parse(planned.Partition).RootElement, planned.Window is { } window ? new SliceWindowView(window.Start, window.End) : null,
        StatusOf(slice, now), slice?.StartedAt, slice?.ChangedAt, (slice?.ChangedAt - slice?.StartedAt)?.TotalSeconds,
        slice?.Records ?? 0, slice?.Filtered ?? 0, slice?.Calls ?? 0, slice?.Throttled ?? 0, slice?.Failures ?? 0,
        slice?.Blobs.Count ?? 0, slice?.Blobs.Sum(blob => (long)blob.Bytes) ?? 0, slice?.Remark, slice?.Lease?.Until);

    private static string StatusOf(SliceDocument? slice, DateTimeOffset now) => slice switch
    {
        null => "planned",
        { Status: SliceStatus.Landed } => "landed",
        { Status: SliceStatus.Failed } => "failed",
        { Lease: { } lease } when lease.Until > now => "reading",
        _ => "waiting",
    };
}
