using Microsoft.Extensions.DependencyInjection;
using Penstock.Cli.Tracing;

namespace Penstock.Cli.LocalHost;

/// <summary>
/// What the stages stand on: the ports, the catalogue, the opener of streams and the clock.
/// </summary>
internal abstract class HostPorts : IAsyncDisposable
{
    /// <summary>Registers them.</summary>
    public abstract void AddTo(IServiceCollection services);

    /// <summary>Makes what must be there before any work begins.</summary>
    public virtual Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The folder where the last traces are kept; null where nothing is kept.</summary>
    public virtual TraceFolder? Traces => null;

    /// <summary>Whether nobody else works on them, so that what a killed process was working on is taken up at once.</summary>
    public virtual bool IsExclusive => true;

    /// <summary>Says where the data is, a line each.</summary>
    public abstract IEnumerable<string> Places();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
