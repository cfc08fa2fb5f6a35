using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.History;

/// <summary>What a run's ended slices add up to, as extraction saw it: what became of the records is in <c>RunCounts</c>.</summary>
public sealed record RunTotals
{
    /// <summary>Slices that are landed.</summary>
    public int SlicesLanded { get; init; }

    /// <summary>Slices that failed for good.</summary>
    public int SlicesFailed { get; init; }

    /// <summary>Records landed.</summary>
    public long Landed { get; init; }

    /// <summary>Records that the connector's filter left out.</summary>
    public long Filtered { get; init; }

    /// <summary>Raw blobs.</summary>
    public int Blobs { get; init; }

    /// <summary>The size of the raw blobs, compressed.</summary>
    public long Bytes { get; init; }

    /// <summary>Calls to the source.</summary>
    public int Calls { get; init; }

    /// <summary>Calls that the source refused for its rate limit.</summary>
    public int Throttled { get; init; }

    /// <summary>What planning and extraction used; null if it wasn't counted.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Slices that have ended.</summary>
    public int SlicesEnded => SlicesLanded + SlicesFailed;

    /// <summary>Adds up a run: one document for each batch of slices, never one for each slice.</summary>
    public static async ValueTask<RunTotals> ReadAsync(DocumentStore documents, Run run, CancellationToken cancellationToken = default)
    {
        var totals = new RunTotals { Usage = run.Usage };
        for (int batch = 0; batch < run.Batches; batch++)
        {
            if (await documents.FindAsync<BatchProgress>(RunNames.Progress(run, batch), cancellationToken) is { Value: var progress })
                totals = progress.Ended.Values.Aggregate(totals, (sum, end) => sum.With(end));
        }

        return totals;
    }

    private RunTotals With(SliceEnd end) => this with
    {
        SlicesLanded = SlicesLanded + (end.Status == SliceStatus.Landed ? 1 : 0),
        SlicesFailed = SlicesFailed + (end.Status == SliceStatus.Failed ? 1 : 0),
        Landed = Landed + end.Records,
        Filtered = Filtered + end.Filtered,
        Blobs = Blobs + end.Blobs,
        Bytes = Bytes + end.Bytes,
        Calls = Calls + end.Calls,
        Throttled = Throttled + end.Throttled,
        Usage = end.Usage is null ? Usage : (Usage ?? Costs.Usage.None) + end.Usage,
    };
}
