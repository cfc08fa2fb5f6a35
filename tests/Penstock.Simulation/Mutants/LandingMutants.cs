using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Mutants;

/// <summary>A run whose document was never written isn't begun again by whoever finds its marker.</summary>
public sealed class RunNeverBegun() : DocumentMutant("state/open/", onRead: true)
{
    protected override void Change(JsonObject document, string name, World world) => document.Remove("begun");
}

/// <summary>The raw blob is put after the commit that names it.</summary>
public sealed class CheckpointBeforeLanding : BlobMutant
{
    private (string Name, ReadOnlyMemory<byte> Content)? _late;

    protected override ValueTask<PutOutcome> PutAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, World world)
    {
        if (!name.StartsWith("raw/", StringComparison.Ordinal))
            return base.PutAsync(blobs, name, content, world);
        _late = (name, content.ToArray());
        return ValueTask.FromResult<PutOutcome>(new Stored("late"));
    }

    protected override async ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world)
    {
        PutOutcome outcome = await base.ReplaceAsync(blobs, name, content, etag, world);
        if (_late is not { } late)
            return outcome;
        _late = null;
        await blobs.PutIfAbsentAsync(late.Name, late.Content);
        return outcome;
    }
}

/// <summary>Two attempts at a slice write one raw blob.</summary>
public sealed partial class RawNameSharedByAttempts : BlobMutant
{
    protected override string Rename(string name) => name.StartsWith("raw/", StringComparison.Ordinal) ? OwnPart().Replace(name, "/${own}-any-1.jsonl.gz") : name;

    [GeneratedRegex(@"/(?<own>[^/]*-\d{8})-[^/-]+-\d+\.jsonl\.gz$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OwnPart();
}

/// <summary>A commit keeps the position and forgets the blob of the page before.</summary>
public sealed class BlobForgotten() : DocumentMutant("/slice-")
{
    protected override void Change(JsonObject document, string name, World world)
    {
        if (document["blobs"] is JsonArray { Count: > 1 } blobs)
            blobs.RemoveAt(0);
    }
}

/// <summary>The commit doesn't name the transforms that are still to be sent.</summary>
public sealed class OutboxDropped() : DocumentMutant("/slice-")
{
    protected override void Change(JsonObject document, string name, World world) => document["outbox"] = new JsonArray();
}

/// <summary>Transforms are sent after the outbox is cleared.</summary>
public sealed class OutboxClearedBeforeSent : BlobMutant
{
    private readonly List<Func<ValueTask>> _late = [];

    public override IWorkQueue Wrap(IWorkQueue queue, World world) => new Late(queue, _late);

    protected override async ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world)
    {
        PutOutcome outcome = await base.ReplaceAsync(blobs, name, content, etag, world);
        if (!name.Contains("/slice-", StringComparison.Ordinal) || content.Span.IndexOf("\"outbox\":[]"u8) < 0)
            return outcome;
        Func<ValueTask>[] sends = [.. _late];
        _late.Clear();
        foreach (Func<ValueTask> send in sends)
            await send();
        return outcome;
    }

    private sealed class Late(IWorkQueue inner, List<Func<ValueTask>> late) : IWorkQueue
    {
        public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default)
        {
            if (queue != QueueNames.Transform)
                return inner.SendAsync(queue, message, delay, cancellationToken);
            byte[] copy = message.ToArray();
            late.Add(() => inner.SendAsync(queue, copy, delay, CancellationToken.None));
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A slice is taken whoever holds it.</summary>
public sealed class LeaseIgnored() : DocumentMutant("/slice-", onRead: true)
{
    protected override void Change(JsonObject document, string name, World world) => document.Remove("lease");
}

/// <summary>Whoever writes last wins.</summary>
public sealed class ETagIgnored : BlobMutant
{
    protected override async ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world) =>
        await blobs.GetAsync(name) is { } now ? await blobs.PutIfMatchAsync(name, content, now.ETag) : PutConflict.Instance;
}

/// <summary>The host deletes a message before its work is done.</summary>
public sealed class MessageDeletedBeforeWork : Mutant
{
    public override bool CompletesBeforeWork => true;
}

/// <summary>The checkpoint of an Event Hub moves before its batch is landed.</summary>
public sealed class HubLetGoBeforeLanding : Mutant
{
    public override bool ChecksPointBeforeLanding => true;
}
