using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Watching;

/// <summary>Alerts when a pulled stream's data is older than its pipeline promises.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="ledger">What happened.</param>
/// <param name="alerts">Where alerts go.</param>
/// <param name="time">The clock.</param>
public sealed class FreshnessMonitor(IPipelineCatalog catalog, RunLedger ledger, AlertBook alerts, TimeProvider time) : IMonitor
{
    private const string Kind = "freshness";

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (UsablePipeline entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>())
        {
            foreach (PipelineStream stream in entry.Pipeline.Streams.Where(stream => stream is { Reception: null, Freshness: not null }))
            {
                if (await LookAsync(entry.Name, stream, cancellationToken) is { } line)
                    yield return line;
            }
        }
    }

    private async ValueTask<string?> LookAsync(string pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        string subject = $"{pipeline}/{stream.Name}";
        StreamDocument? known = await ledger.FindStreamAsync(pipeline, stream.Name, cancellationToken);
        // A stream that was never complete is late from its first due time on.
        if ((known?.FreshUntil ?? known?.ActiveSince ?? known?.LastDue) is not { } freshUntil)
            return null;
        TimeSpan age = time.GetUtcNow() - freshUntil;
        Instruments.Fresh(pipeline, stream.Name, age, stream.Freshness!.Value);
        return age > stream.Freshness
            ? await alerts.RaiseAsync(
                Kind, subject, $"The newest complete data is {age:d\\.hh\\:mm\\:ss} old; promised are {stream.Freshness:d\\.hh\\:mm\\:ss}. See the run '{known?.ActiveRun ?? known?.LastRun}'.", cancellationToken)
            : await alerts.ResolveAsync(Kind, subject, cancellationToken);
    }
}
