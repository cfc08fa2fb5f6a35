using Microsoft.Extensions.DependencyInjection;
using Penstock.Cli.Local;
using Penstock.Cli.Tracing;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;

namespace Penstock.Cli.LocalHost;

/// <summary>Every port in one folder, which this process works on alone: needs nothing but a disk.</summary>
internal sealed class FolderPorts : HostPorts
{
    private readonly LocalHostOptions _options;
    private readonly TimeProvider _time;
    private readonly DataLock _lock;

    private FolderPorts(LocalHostOptions options, TimeProvider time, DataLock held) => (_options, _time, _lock) = (options, time, held);

    /// <summary>Opens the data folder; null if another process works on it.</summary>
    /// <param name="options">How the host runs.</param>
    /// <param name="time">The clock.</param>
    public static FolderPorts? TryOpen(LocalHostOptions options, TimeProvider time) =>
        DataLock.TryTake(options.Data) is { } held ? new FolderPorts(options, time, held) : null;

    /// <inheritdoc/>
    public override void AddTo(IServiceCollection services) =>
        services.AddConnectorComponents(_options.Components).AddLocalPorts(_options.Data, _options.Secrets, new FolderPipelineCatalog(_options.Pipelines), _time);

    /// <inheritdoc/>
    public override TraceFolder Traces => TraceFolder.Of(_options.Data);

    /// <inheritdoc/>
    public override IEnumerable<string> Places()
    {
        yield return $"raw        {Path.Combine(_options.Data, BlobAreas.Raw)}/PIPELINE/STREAM/yyyy/MM/dd/*.jsonl.gz";
        yield return $"curated    {Path.Combine(_options.Data, "curated")}/PIPELINE/STREAM/*.jsonl";
        yield return $"quarantine {Path.Combine(_options.Data, BlobAreas.Quarantine)}";
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }
}
