using System.Globalization;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Lineage;

/// <summary>
/// Sums up what a received stream brought hour by hour. Nobody begins a run of it; to lineage an hour in which something was
/// received is one.
/// </summary>
/// <param name="documents">What became of raw blobs.</param>
/// <param name="blobs">Lists raw blobs.</param>
public sealed class ReceivedHours(DocumentStore documents, IBlobStore blobs)
{
    private const int ReadsAtOnce = 32;

    /// <summary>The length of a run.</summary>
    public static TimeSpan Hour { get; } = TimeSpan.FromHours(1);

    /// <summary>The hour that an instant is in, UTC.</summary>
    public static DateTimeOffset Of(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Hour.Ticks), TimeSpan.Zero);

    /// <summary>An hour as a run.</summary>
    public static Run RunOf(Pipeline pipeline, PipelineStream stream, DateTimeOffset hour) => new()
    {
        Id = hour.UtcDateTime.ToString("yyyyMMdd'T'HH'Z'", CultureInfo.InvariantCulture),
        Pipeline = pipeline.Name,
        Stream = stream.Name,
        Kind = RunKind.Incremental,
        Status = RunStatus.Completed,
        CreatedAt = hour,
        EndedAt = hour + Hour,
        Window = new BackfillWindow(hour, hour + Hour),
    };

    /// <summary>What was received within an hour, and what became of it so far.</summary>
    public async ValueTask<RunCounts> CountAsync(Pipeline pipeline, PipelineStream stream, DateTimeOffset hour, CancellationToken cancellationToken = default)
    {
        string prefix = $"{RawNames.Folder(pipeline.Name, stream.Name, hour)}{hour.UtcDateTime.ToString("HH", CultureInfo.InvariantCulture)}";
        string[] raw = await blobs.ListAsync(prefix, cancellationToken).Select(entry => entry.Name).ToArrayAsync(cancellationToken);
        var entries = new TransformEntry?[raw.Length];
        var together = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current };
        await Parallel.ForAsync(0, raw.Length, together, async (i, token) => entries[i] = (await documents.FindAsync<TransformEntry>(TransformEntry.NameFor(raw[i]), token))?.Value);
        RunCounts counts = entries.OfType<TransformEntry>().Aggregate(new RunCounts { Blobs = raw.Length }, (sum, entry) => sum.With(entry));
        return counts with { Landed = entries.Sum(entry => entry?.Read ?? 0) };
    }
}
