using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Watching;

/// <summary>A monitor that asks one question about each stream: raises an alert while there is a problem, and resolves it after.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="alerting">Where alerts go.</param>
public abstract class StreamMonitor(IPipelineCatalog catalog, Alerting alerting) : IMonitor
{
    /// <summary>The kind of its alerts.</summary>
    protected abstract string Kind { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (UsablePipeline entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>())
        {
            foreach (PipelineStream stream in entry.Pipeline.Streams)
            {
                Problem? problem = await FindAsync(entry.Pipeline, stream, cancellationToken);
                if (await alerting.SetAsync(Kind, entry.Pipeline, stream, problem, cancellationToken) is { } line)
                    yield return line;
            }
        }
    }

    /// <summary>What is wrong with a stream; null for nothing.</summary>
    protected abstract ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken);
}
