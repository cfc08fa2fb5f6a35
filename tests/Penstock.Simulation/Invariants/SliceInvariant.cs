using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation.Invariants;

/// <summary>At each commit of a slice: what it says is landed, is; the lease is respected; nothing that is committed goes away.</summary>
public sealed class SliceInvariant(World world, InvariantSet set) : Invariant(world, "1 nothing acknowledged is lost")
{
    private readonly Dictionary<string, SliceDocument> _slices = [];
    private readonly Dictionary<string, string> _committed = [];
    private readonly HashSet<string> _sent = [];

    /// <summary>All slices by the names of their documents.</summary>
    public IReadOnlyDictionary<string, SliceDocument> Slices => _slices;

    /// <summary>The versions of records that are landed and committed.</summary>
    public HashSet<string> LandedUids { get; } = [];

    /// <summary>Whether a slice has committed a raw blob.</summary>
    public bool IsCommitted(string rawBlob) => _committed.ContainsKey(rawBlob);

    /// <summary>Whether the transform of a raw blob was sent.</summary>
    public bool IsSent(string rawBlob) => _sent.Contains(rawBlob);

    public override void Sent(string queue, ReadOnlyMemory<byte> message)
    {
        if (queue == QueueNames.Transform && System.Text.Json.JsonDocument.Parse(message).RootElement.TryGetProperty("blob", out var blob))
            _sent.Add(blob.GetString()!);
    }

    public override async ValueTask WrittenAsync(string name)
    {
        if (!name.Contains("/slice-", StringComparison.Ordinal))
            return;
        SliceDocument slice = (await set.Documents.FindAsync<SliceDocument>(name))!.Value;
        SliceDocument? before = _slices.GetValueOrDefault(name);
        _slices[name] = slice;
        await CheckLeaseAsync(name, before, slice);
        CheckHistory(name, before, slice);
        CheckLanded(name, before, slice);
        CheckPosition(name, slice);
        Check(before is null || slice.Blobs.Count == before.Blobs.Count || slice.Failures <= 1, $"{name} has read on, and counts {slice.Failures} failures in a row");
        Check(slice.Failures <= World.Scenario.Extract.MaxFailures, $"{name} failed {slice.Failures} times in a row");
    }

    private async ValueTask CheckLeaseAsync(string name, SliceDocument? before, SliceDocument slice)
    {
        if (before?.Lease is not { } held)
            return;
        // Two clocks may disagree by twice the skew about when a lease ends.
        bool isOver = held.Until <= World.Time.GetUtcNow() + TimeSpan.FromSeconds(Scenario.MostSkew);
        string writer = slice.Commit[..slice.Commit.LastIndexOf('.')];
        if (!isOver && writer != held.Owner && slice.Status == SliceStatus.Open)
            Check(await IsClosingAsync(name, before, slice), $"{writer} wrote {name} while {held.Owner} held it until {held.Until:O}");
    }

    // Of a run that has ended, a slice may be taken from its reader; nothing else may change then.
    private async ValueTask<bool> IsClosingAsync(string name, SliceDocument before, SliceDocument slice) =>
        slice.Lease is null && slice.Position == before.Position && slice.Blobs.SequenceEqual(before.Blobs) && slice.Outbox.SequenceEqual(before.Outbox)
        && (await set.Documents.FindAsync<Run>($"{name[..name.LastIndexOf('/')]}/run.json"))?.Value.HasEnded == true;

    private void CheckHistory(string name, SliceDocument? before, SliceDocument slice)
    {
        if (before is null)
            return;
        Check(before.Blobs.SequenceEqual(slice.Blobs.Take(before.Blobs.Count)), $"{name} lost committed blobs");
        Check(before.Status == SliceStatus.Open || before.Status == slice.Status, $"{name} was {before.Status} and is {slice.Status} again");
        Check(before.Slice == slice.Slice && before.Batch == slice.Batch, $"{name} is another slice now");
        foreach (string blob in before.Outbox.Except(slice.Outbox))
            Check(_sent.Contains(blob), $"{name}: {blob} left the outbox and was never sent");
    }

    private void CheckLanded(string name, SliceDocument? before, SliceDocument slice)
    {
        foreach (LandedBlob blob in slice.Blobs.Skip(before?.Blobs.Count ?? 0))
        {
            if (!Check(set.Raw.Blobs.TryGetValue(blob.Name, out RawContent? raw), $"{name} was committed before {blob.Name} was landed"))
                continue;
            Check(raw!.Lines.Count == blob.Records && raw.Size == blob.Bytes, $"{name} says {blob.Name} has {blob.Records} records in {blob.Bytes} bytes; it has {raw.Lines.Count} in {raw.Size}");
            Check(_committed.TryAdd(blob.Name, name), $"{blob.Name} is committed twice");
            Check(slice.Outbox.Contains(blob.Name) || _sent.Contains(blob.Name), $"{name}: {blob.Name} is committed and isn't in the outbox");
            LandedUids.UnionWith(raw.Lines.Select(line => line.Uid!));
        }

        Check(slice.Records == slice.Blobs.Sum(blob => (long)blob.Records), $"{name} says {slice.Records} records and has {slice.Blobs.Sum(blob => blob.Records)}");
    }

    private void CheckPosition(string name, SliceDocument slice)
    {
        List<RawLine> lines = [.. slice.Blobs.Where(blob => set.Raw.Blobs.ContainsKey(blob.Name)).SelectMany(blob => set.Raw.Blobs[blob.Name].Lines)];
        HashSet<string> landed = [.. lines.Select(line => line.Uid!)];
        if (slice.Status != SliceStatus.Failed)
        {
            var ways = set.Witness.WaysTo(slice.Slice, slice.Position, slice.Status == SliceStatus.Landed);
            Check(ways.Any(way => way.IsSubsetOf(landed)), $"{name} is at '{slice.Position}' ({slice.Status}), ahead of what is landed: {string.Join(" ", landed)}");
        }
        else
        {
            Check(
                set.Witness.Refused.Contains(slice.Slice) || slice.Failures >= World.Scenario.Extract.MaxFailures || slice.Remark!.Contains("operator", StringComparison.Ordinal),
                $"{name} failed for good after {slice.Failures} failures that may pass");
        }

        string? greatest = lines.Count == 0 ? null : lines.Max(line => line.Updated).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Check(slice.GreatestCursor?.Trim('"') == greatest, $"{name} says its greatest cursor is {slice.GreatestCursor}; it is {greatest}");
    }
}
