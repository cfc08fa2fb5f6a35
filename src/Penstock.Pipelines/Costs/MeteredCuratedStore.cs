using System.Diagnostics;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Costs;

/// <summary>Traces the writes to a curated store. What they cost is the store's to count, for only it knows.</summary>
/// <param name="inner">The store.</param>
public sealed class MeteredCuratedStore(ICuratedStore inner) : ICuratedStore
{
    /// <inheritdoc/>
    public async ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
    {
        using Activity? span = Tracing.Part(TelemetryNames.Spans.Curate, table.Pipeline, table.Stream, ActivityKind.Client)?.SetTag(TelemetryNames.Attributes.Records, records.Count);
        double before = UsageMeter.Current?.RequestUnits ?? 0;
        try
        {
            UpsertCounts counts = await inner.UpsertAsync(table, records, cancellationToken);
            span?.SetTag(TelemetryNames.Attributes.Stale, counts.Stale);
            return counts;
        }
        catch (Exception e)
        {
            span.Fail(e.GetType().FullName!, e.Message);
            throw;
        }
        finally
        {
            if (UsageMeter.Current?.RequestUnits - before is > 0 and { } charge)
                span?.SetTag(TelemetryNames.Attributes.RequestCharge, Math.Round(charge, 2));
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        inner.DeleteAsync(table, keys, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) =>
        inner.FindAsync(table, key, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(table, cancellationToken);
}
