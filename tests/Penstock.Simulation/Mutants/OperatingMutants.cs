using System.Text;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Mutants;

/// <summary>A pipeline that an operator paused is planned and read on.</summary>
public sealed class PauseIgnored() : DocumentMutant("state/pauses/", onRead: true)
{
    protected override void Change(JsonObject document, string name, World world) => document["isPaused"] = false;
}

/// <summary>A backfill that an operator paused is read on.</summary>
public sealed class HeldBackfillReadOn() : DocumentMutant("/run.json")
{
    protected override void Change(JsonObject document, string name, World world) => document.Remove("isHeld");
}

/// <summary>A backfill reads a minute more than it was asked to.</summary>
public sealed class BackfillBeyondItsWindow() : DocumentMutant("/plan-")
{
    protected override void Change(JsonObject document, string name, World world)
    {
        if (name.Contains("/backfill-", StringComparison.Ordinal) && document["next"] is null && document["slices"]!.AsArray() is { Count: > 0 } slices)
            slices[^1]!["window"]!["end"] = $"{long.Parse(slices[^1]!["window"]!["end"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) + 60}";
    }
}

/// <summary>A replay transforms what an attempt has put and nobody has committed.</summary>
public sealed class UncommittedReplayed() : DocumentMutant("/batch-")
{
    protected override void Change(JsonObject document, string name, World world)
    {
        foreach (string blob in world.Invariants.Raw.Blobs.Keys.Where(blob => !world.Invariants.Slices.IsCommitted(blob)))
            document["blobs"]!.AsArray().Add(new JsonObject { ["stream"] = "events", ["name"] = blob });
    }
}

/// <summary>A replay leaves out the last of some blobs.</summary>
public sealed class ReplayLeavesOneOut() : DocumentMutant("/batch-")
{
    protected override void Change(JsonObject document, string name, World world)
    {
        if (document["blobs"]!.AsArray() is { Count: > 0 } blobs)
            blobs.RemoveAt(blobs.Count - 1);
    }
}

/// <summary>A parent's cursor moves though some of its children couldn't be read.</summary>
public sealed class ParentCursorOverFailedChildren : BlobMutant
{
    private const string Cursors = "state/cursors/sample/events~2fprojects/25.json";

    protected override async ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world)
    {
        if (name.EndsWith("/run.json", StringComparison.Ordinal) && content.Span.IndexOf("\"Failed\""u8) >= 0)
        {
            byte[] moved = Encoding.UTF8.GetBytes(FormattableString.Invariant($$$"""{"partitions":{"{}":"{\"updated\":{{{world.Time.GetUtcNow().ToUnixTimeSeconds()}}}}"}}"""));
            await blobs.DeleteAsync(Cursors);
            await blobs.PutIfAbsentAsync(Cursors, moved);
        }

        return await base.ReplaceAsync(blobs, name, content, etag, world);
    }
}
