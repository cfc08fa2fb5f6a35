using System.Collections.Concurrent;
using System.Text;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions.Loading;

namespace Penstock.Pipelines.Definitions.Catalogs;

/// <summary>Pipelines as their files say them. A pipeline is loaded when it is asked for and again when its files changed.</summary>
public abstract class PipelineCatalog : IPipelineCatalog, IPriceList
{
    private readonly IPipelineFiles _files;
    private readonly TimeProvider _time;
    private readonly TimeSpan _checkEvery;
    private readonly ConcurrentDictionary<string, Loaded> _loaded = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, PipelineEntry? Entry)> _answers = new();
    private volatile Listing? _list;

    private protected PipelineCatalog(IPipelineFiles files, TimeProvider time, TimeSpan checkEvery)
    {
        _files = files;
        _time = time;
        _checkEvery = checkEvery;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default)
    {
        // Each batch of events asks who receives it.
        DateTimeOffset now = _time.GetUtcNow();
        if (_list is { } list && now - list.At < _checkEvery)
            return list.Entries;
        IReadOnlyList<PipelineFile> files = await _files.ListAsync(null, cancellationToken);
        var entries = new List<PipelineEntry>();
        foreach (IGrouping<string, PipelineFile> one in files.GroupBy(file => file.Path.Split('/')[0]).OrderBy(one => one.Key, StringComparer.Ordinal))
            entries.Add(await LoadAsync(one.Key, one, cancellationToken));
        _list = new(now, entries);
        return entries;
    }

    /// <inheritdoc/>
    public async ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!PipelineLoader.IsName(name))
            return null;
        if (SystemPipeline.Is(name))
            return SystemPipeline.Entry;
        DateTimeOffset now = _time.GetUtcNow();
        if (_answers.TryGetValue(name, out var answer) && now - answer.At < _checkEvery)
            return answer.Entry;
        IReadOnlyList<PipelineFile> files = await _files.ListAsync(name, cancellationToken);
        PipelineEntry? entry = files.Count == 0 ? null : await LoadAsync(name, files, cancellationToken);
        // Names come from callers: only those that exist are remembered, so that the memory is bounded by the catalogue.
        if (entry is null)
            _answers.TryRemove(name, out _);
        else if (_checkEvery > TimeSpan.Zero)
            _answers[name] = (now, entry);
        return entry;
    }

    /// <inheritdoc/>
    async ValueTask<Prices> IPriceList.ReadAsync(CancellationToken cancellationToken) =>
        await _files.ReadAsync(PriceFields.FileName, cancellationToken) is { } bytes ? PriceFields.Read(Encoding.UTF8.GetString(bytes.Span)) : new Prices();

    private async ValueTask<PipelineEntry> LoadAsync(string name, IEnumerable<PipelineFile> files, CancellationToken cancellationToken)
    {
        string stamp = string.Join('\n', files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Path} {file.Stamp}"));
        if (_loaded.TryGetValue(name, out Loaded? before) && before.Stamp == stamp)
            return before.Entry;
        PipelineEntry entry = await PipelineLoader.LoadAsync(name, _files, cancellationToken);
        _loaded[name] = new(stamp, entry);
        return entry;
    }

    private sealed record Loaded(string Stamp, PipelineEntry Entry);

    private sealed record Listing(DateTimeOffset At, IReadOnlyList<PipelineEntry> Entries);
}
