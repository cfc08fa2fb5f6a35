using System.Globalization;
using System.Text.Json.Nodes;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Mutants;

/// <summary>A run reads on from the cursor and doesn't look back.</summary>
public sealed class LookbackIgnored : Mutant
{
    public override IStream Wrap(IStream stream, World world) => new Forward(stream, world.Scenario.Shape.Lookback);

    private sealed class Forward(IStream inner, TimeSpan by) : BrokenStream(inner)
    {
        public override IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, CancellationToken cancellationToken = default) =>
            Inner.PlanAsync(request with { Cursors = new Ahead(request.Cursors, by) }, cancellationToken);
    }

    private sealed class Ahead(ICursorStates inner, TimeSpan by) : ICursorStates
    {
        public async ValueTask<string?> FindAsync(string partition, CancellationToken cancellationToken = default) =>
            SourceStream.StateOf(await inner.FindAsync(partition, cancellationToken)) is { } state
                ? string.Create(CultureInfo.InvariantCulture, $$"""{"updated":{{long.Parse(state, CultureInfo.InvariantCulture) + (long)by.TotalSeconds}}}""")
                : null;
    }
}

/// <summary>The cursor moves to the end of the windows, which aren't over yet at their source.</summary>
public sealed class CursorAtTheWindowsEnd : Mutant
{
    public override IStream Wrap(IStream stream, World world) => new ToTheEnd(stream);

    private sealed class ToTheEnd(IStream inner) : BrokenStream(inner)
    {
        public override string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete) =>
            Inner.Advance(cursorState, [.. complete.Select(slice => slice with { GreatestCursor = slice.Slice.Window!.End })]);
    }
}

/// <summary>The cursor moves over windows that failed.</summary>
public sealed class CursorOverOpenWindow() : DocumentMutant("/progress-", onRead: true)
{
    protected override void Change(JsonObject document, string name, World world)
    {
        foreach ((_, JsonNode? end) in document["ended"]!.AsObject())
            end!["status"] = "Landed";
    }
}

/// <summary>The cursor moves to the greatest that is landed, whatever windows before it have failed.</summary>
public sealed class CursorOverAGap() : DocumentMutant("state/cursors/")
{
    protected override void Change(JsonObject document, string name, World world)
    {
        JsonObject partitions = document["partitions"]!.AsObject();
        foreach (string partition in partitions.Select(one => one.Key).ToList())
        {
            long greatest = world.Invariants.Slices.Slices.Values
                .Where(slice => slice is { Status: SliceStatus.Landed, GreatestCursor: not null } && slice.Slice.Partition == partition)
                .Select(slice => long.Parse(slice.GreatestCursor!.Trim('"'), CultureInfo.InvariantCulture))
                .Append(long.Parse(SourceStream.StateOf(partitions[partition]!.GetValue<string>())!, CultureInfo.InvariantCulture)).Max();
            partitions[partition] = string.Create(CultureInfo.InvariantCulture, $$"""{"updated":{{greatest}}}""");
        }
    }
}

/// <summary>A backfill moves the cursor to the end of its window.</summary>
public sealed class CursorMovedByBackfill : BlobMutant
{
    protected override async ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world)
    {
        if (name.Contains("/backfill-", StringComparison.Ordinal) && name.EndsWith("/run.json", StringComparison.Ordinal)
            && content.Span.IndexOf("\"Completed\""u8) >= 0)
        {
            DateTimeOffset to = JsonNode.Parse(content.Span)!["window"]!["to"]!.GetValue<DateTimeOffset>();
            string[] parts = name.Split('/');
            await foreach (BlobEntry cursors in blobs.ListAsync($"state/cursors/{parts[2]}/{parts[3]}/"))
            {
                JsonObject shard = JsonNode.Parse((await blobs.GetAsync(cursors.Name))!.Content.Span)!.AsObject();
                foreach (string partition in shard["partitions"]!.AsObject().Select(one => one.Key).ToList())
                    shard["partitions"]![partition] = string.Create(CultureInfo.InvariantCulture, $$"""{"updated":{{to.ToUnixTimeSeconds()}}}""");
                await blobs.PutIfMatchAsync(cursors.Name, System.Text.Encoding.UTF8.GetBytes(shard.ToJsonString()), cursors.ETag);
            }
        }

        return await base.ReplaceAsync(blobs, name, content, etag, world);
    }
}

/// <summary>A run is ended while one of its slices is still read.</summary>
public sealed class RunFinishedWhileASliceIsOpen() : DocumentMutant("/progress-")
{
    protected override void Change(JsonObject document, string name, World world)
    {
        JsonObject ended = document["ended"]!.AsObject();
        for (int ordinal = 0; ordinal < 20; ordinal++)
            ended.TryAdd(ordinal.ToString(CultureInfo.InvariantCulture), new JsonObject { ["status"] = "Landed", ["records"] = 0 });
    }
}
