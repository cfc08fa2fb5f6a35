using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Sources;

namespace Penstock.Pipelines.Quality.Sets;

/// <summary>Sums up what the blobs of a run that has ended and is curated were like, as one set.</summary>
/// <remarks>Memory holds the hashes of two million records at once, however many there are; of more the blobs' are read several times.</remarks>
/// <param name="catalog">The pipelines.</param>
/// <param name="opener">Says whether a stream is read whole.</param>
/// <param name="sets">What the blobs add.</param>
/// <param name="documents">The runs' plans, and the last run's set.</param>
/// <param name="time">The clock.</param>
public sealed class SetSummer(IPipelineCatalog catalog, IStreamOpener opener, SetBook sets, DocumentStore documents, TimeProvider time)
{
    private const int PairsAtOnce = 2_000_000;

    // What nobody has judged by then is of a run that nobody awaits.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>
    /// Sums up a run, and keeps it as its stream's last one, which is the one that is judged; a backfill and a run that a later one has
    /// overtaken are summed up alone. Doing it again, in part forgotten, gives the same.
    /// </summary>
    /// <returns>Null if there is nothing to tell: no rule, or no record.</returns>
    public async ValueTask<RunSet?> SumAsync(Run run, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(run, cancellationToken) is not { Pipeline: var pipeline, Contract: var contract })
            return null;
        bool isLive = run.Kind == RunKind.Incremental;
        if (isLive && await sets.FindLastAsync(run.Pipeline, run.Stream, cancellationToken) is { } last && last.Run == run.Id)
            return last;
        if (await SumAsync(run, contract, isLive && await IsWholeAsync(run, pipeline, cancellationToken), cancellationToken) is not { } sum)
            return null;
        if (!isLive)
            return sum;
        Document<RunSet>? kept = await documents.ChangeAsync<RunSet>(
            RunSet.NameFor(run.Pipeline, run.Stream), current => current?.CreatedAt >= sum.CreatedAt ? current : sum, cancellationToken);
        // Of one that is forgotten in part nothing is told any more.
        return kept?.Value.Run == run.Id ? kept.Value : sum.Read > 0 ? sum : null;
    }

    /// <summary>Takes away what a run's blobs have added: it is judged.</summary>
    public async ValueTask ForgetAsync(Run run, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(run, cancellationToken) is not null)
            await sets.DeleteAsync(run.Pipeline, run.Stream, run.Id, time.GetUtcNow() - Kept, cancellationToken);
    }

    private async ValueTask<(Pipeline Pipeline, Contract Contract)?> FindAsync(Run run, CancellationToken cancellationToken) =>
        await catalog.FindAsync(run.Pipeline, cancellationToken) is UsablePipeline { Pipeline: var pipeline }
        && pipeline.Find(run.Stream)?.Contract is { } contract && SetBook.IsAboutSets(contract)
            ? (pipeline, contract)
            : null;

    private async ValueTask<RunSet?> SumAsync(Run run, Contract contract, bool isWhole, CancellationToken cancellationToken)
    {
        (long blobs, long read, long rows) = (0, 0, 0);
        var rules = new Dictionary<string, long>();
        var pairs = new Dictionary<string, long>();
        await foreach (BlobSet blob in sets.ListAsync(run.Pipeline, run.Stream, run.Id, cancellationToken))
        {
            (blobs, read, rows) = (blobs + 1, read + blob.Read, rows + blob.Rows);
            foreach ((string rule, long records) in blob.Rules)
                rules[rule] = rules.GetValueOrDefault(rule) + records;
            foreach ((string rule, byte[] values) in blob.Values)
                pairs[rule] = pairs.GetValueOrDefault(rule) + SetHashes.Count(values);
        }

        // A run without records is a set only if there are none at all.
        if (blobs == 0 && !isWhole)
            return null;
        foreach ((string rule, long count) in pairs)
            rules[rule] = await CountDuplicatesAsync(run, rule, (ulong)((count / PairsAtOnce) + 1), cancellationToken);
        return new RunSet
        {
            Pipeline = run.Pipeline, Stream = run.Stream, Run = run.Id, CreatedAt = run.CreatedAt, EndedAt = run.EndedAt ?? run.CreatedAt,
            Contract = $"{contract.Id}@{contract.Version}", IsWhole = isWhole, Read = read, Rows = rows, Rules = rules,
        };
    }

    private async ValueTask<long> CountDuplicatesAsync(Run run, string rule, ulong passes, CancellationToken cancellationToken)
    {
        long count = 0;
        var pairs = new List<(ulong Values, ulong Owner)>();
        for (ulong pass = 0; pass < passes; pass++)
        {
            pairs.Clear();
            await foreach (BlobSet blob in sets.ListAsync(run.Pipeline, run.Stream, run.Id, cancellationToken))
            {
                if (blob.Values.TryGetValue(rule, out byte[]? values))
                    SetHashes.Read(values, hash => hash % passes == pass, pairs);
            }

            count += SetHashes.CountDuplicates(pairs);
        }

        return count;
    }

    // A run that failed, or that read only children of new parents, doesn't know all that there are.
    private async ValueTask<bool> IsWholeAsync(Run run, Pipeline pipeline, CancellationToken cancellationToken) =>
        run.Status == RunStatus.Completed
        && await opener.OpenAsync(pipeline, run.Stream, cancellationToken) is StreamOpened { Stream.CursorField: null }
        && await documents.FindAsync<PlanBatch>(RunNames.Batch(run, 0), cancellationToken) is not { Value.Parents: not null };
}
