using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Definitions.Loading;

namespace Penstock.Pipelines.Tests.Definitions;

/// <summary>Files of pipelines in memory.</summary>
internal sealed class PipelineFiles : IPipelineFiles
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public PipelineFiles Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public PipelineFiles Add(string path, byte[] bytes)
    {
        _files[path] = bytes;
        return this;
    }

    public ValueTask<IReadOnlyList<PipelineFile>> ListAsync(string? pipeline, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<PipelineFile>>(
            [.. _files.Keys.Where(path => pipeline is null || path.StartsWith(pipeline + "/")).Select(path => new PipelineFile(path, ""))]);

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_files.TryGetValue(path, out byte[]? bytes) ? (ReadOnlyMemory<byte>?)bytes : null);

    public async Task<Pipeline> UsableAsync(string name) =>
        Assert.IsType<UsablePipeline>(await PipelineLoader.LoadAsync(name, this, TestContext.Current.CancellationToken)).Pipeline;

    /// <summary>The problems as <c>validate</c> prints them, one a line.</summary>
    public async Task<string> ProblemsAsync(string name) =>
        string.Join('\n', Assert.IsType<BrokenPipeline>(await PipelineLoader.LoadAsync(name, this, TestContext.Current.CancellationToken)).Problems);
}
