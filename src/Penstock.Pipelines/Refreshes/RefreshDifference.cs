using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Refreshes;

/// <summary>
/// Finds the records that a complete run of a stream that is read whole didn't bring any more, and lands them as deletions
/// (<see cref="GoneBlob"/>). It compares raw with raw: what the run landed with what was landed since the last one that was
/// compared. Doing it again, or twice at once, lands the same blobs. It does one pass at a time, so that a worker that dies, or whose
/// time is over, loses no more than that.
/// </summary>
/// <remarks>Memory holds a hash of each key of the run, of so many at once, and the records that are gone.</remarks>
/// <param name="blobs">Raw.</param>
/// <param name="transforms">The way of the stream's records: keys are compared as they are curated.</param>
/// <param name="sender">Sends the blobs to Transform.</param>
/// <param name="options">How many keys at once; null for the default.</param>
public sealed class RefreshDifference(IBlobStore blobs, StreamTransforms transforms, WorkSender sender, RefreshOptions? options = null)
{
    private readonly RefreshOptions _options = options ?? new RefreshOptions();

    /// <summary>Does the next pass, and lands what it finds gone; null if it can't be done now, because a secret or the connector isn't there.</summary>
    /// <param name="run">The run, whose slices are all landed.</param>
    /// <param name="pipeline">Its pipeline.</param>
    /// <param name="stream">Its stream.</param>
    /// <param name="landed">What it has landed.</param>
    /// <param name="since">The last run that was compared was planned then; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<RefreshStep?> LandAsync(
        Run run, Pipeline pipeline, PipelineStream stream, IReadOnlyList<LandedBlob> landed, DateTimeOffset? since, CancellationToken cancellationToken = default)
    {
        long records = landed.Sum(blob => (long)blob.Records);
        if (records == 0 && stream.Deletes is not { AllowsEmpty: true })
            return new RefreshFinding(0, "The run read nothing at all, so nothing was taken as deleted. If the source may be empty, say so: deletes: { missing: { allow_empty: true } }");
        if (await transforms.FindAsync(pipeline, stream, cancellationToken) is not { } transform)
            return null;
        if (transform.Identity.Key.Count == 0)
            return new RefreshFinding(0, "The stream has no key, so nothing tells which records are gone. Give it one: key: [id]");
        RefreshProgress progress = run.Comparison ?? new RefreshProgress((int)(records / _options.KeysAtOnce) + 1, 0, 0);
        var keys = new RefreshKeys(transform, RawNames.TakenAt(GoneBlob.NameFor(run))!.Value, blobs);
        List<string> before = await BeforeAsync(run, since, cancellationToken);
        if (await GoneAsync(keys, landed, before, hash => hash % (ulong)progress.Passes == (ulong)progress.Done, cancellationToken) is not { } gone)
            return null;
        if (keys.Unreadable > 0)
            return new RefreshFinding(0, $"{keys.Unreadable} records of the run have no key or can't be read, so nothing was taken as deleted: they may be any of those that didn't come. See what they are: penstock quarantine list");
        await LandAsync(run, GoneBlob.NameFor(run, progress.Done), gone, cancellationToken);
        progress = progress with { Done = progress.Done + 1, Gone = progress.Gone + gone.Count };
        return progress.Done < progress.Passes ? new RefreshGoesOn(progress) : new RefreshFinding(progress.Gone);
    }

    private async ValueTask LandAsync(Run run, string name, Dictionary<string, (string Version, byte[] Line)> gone, CancellationToken cancellationToken)
    {
        if (gone.Count == 0)
            return;
        using var writer = new RawBlobWriter();
        foreach ((_, (_, byte[] line)) in gone.OrderBy(one => one.Key, StringComparer.Ordinal))
            writer.Add(line);
        // Whoever was faster has put the same.
        await blobs.PutIfAbsentAsync(name, writer.Finish(), cancellationToken);
        await sender.SendAsync(new TransformMessage(run.Pipeline, run.Stream, name), cancellationToken: cancellationToken);
    }

    // Of each key that is gone its greatest version: that is the one to be closed.
    private static async ValueTask<Dictionary<string, (string Version, byte[] Line)>?> GoneAsync(
        RefreshKeys keys, IReadOnlyList<LandedBlob> landed, List<string> before, Func<ulong, bool> isMeant, CancellationToken cancellationToken)
    {
        var here = new HashSet<ulong>();
        foreach (LandedBlob blob in landed)
        {
            if (!await keys.ReadAsync(blob.Name, (_, hash, _, _) => _ = isMeant(hash) && here.Add(hash), cancellationToken))
                return null;
        }

        long unreadable = keys.Unreadable;
        var gone = new Dictionary<string, (string Version, byte[] Line)>(StringComparer.Ordinal);
        foreach (string blob in unreadable > 0 ? [] : before)
        {
            if (!await keys.ReadAsync(blob, Take, cancellationToken))
                return null;
        }

        // Records of before that can't be read were never curated.
        keys.Forget(keys.Unreadable - unreadable);
        return gone;

        void Take(string key, ulong hash, string version, ReadOnlySpan<byte> line)
        {
            if (isMeant(hash) && !here.Contains(hash) && (!gone.TryGetValue(key, out (string Version, byte[] Line) known) || CuratedVersion.Compare(known.Version, version) < 0))
                gone[key] = (version, line.ToArray());
        }
    }

    private async ValueTask<List<string>> BeforeAsync(Run run, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        DateTimeOffset until = RawNames.TakenAt(GoneBlob.NameFor(run))!.Value;
        var found = new List<string>();
        await foreach (string blob in ListAsync(run, since, until, cancellationToken))
        {
            // A name has whole milliseconds.
            if (RawNames.TakenAt(blob) is { } at && at < until && (since is null || at > since.Value.AddMilliseconds(-1)) && !GoneBlob.Is(blob))
                found.Add(blob);
        }

        return found;
    }

    private async IAsyncEnumerable<string> ListAsync(
        Run run, DateTimeOffset? since, DateTimeOffset until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (since is not { } day)
        {
            await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(run.Pipeline, run.Stream), cancellationToken))
                yield return blob.Name;
            yield break;
        }

        for (day = new DateTimeOffset(day.UtcDateTime.Date, TimeSpan.Zero); day <= until; day = day.AddDays(1))
        {
            await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(run.Pipeline, run.Stream, day), cancellationToken))
                yield return blob.Name;
        }
    }
}
