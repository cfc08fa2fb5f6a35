using System.Globalization;
using System.Runtime.CompilerServices;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;

namespace Penstock.Benchmarks.Operate;

/// <summary>Pipelines <c>p0000</c>, <c>p0001</c>, … whose streams are due every so often, a fifteenth of them each minute.</summary>
internal sealed class MadeCatalog : IPipelineCatalog, IStreamOpener
{
    private readonly IReadOnlyList<PipelineEntry> _entries;
    private readonly Dictionary<string, PipelineEntry> _byName;

    public MadeCatalog(int pipelines, int streams, TimeSpan interval)
    {
        PipelineStream[] all = [.. Enumerable.Range(0, streams).Select(i => new PipelineStream { Name = StreamName(i), Key = ["id"], Freshness = TimeSpan.FromHours(1) })];
        _entries = [.. Enumerable.Range(0, pipelines).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i:D4}"))
            .Select(name => new UsablePipeline(new Pipeline { Name = name, Owner = "team@example.org", Schedule = ScheduleOf(name, interval), Streams = all }))];
        _byName = _entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    public IEnumerable<string> Names => _byName.Keys;

    public static string StreamName(int i) => string.Create(CultureInfo.InvariantCulture, $"stream{i:D2}");

    public static int OffsetOf(string pipeline) => int.Parse(pipeline.AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>Due at a minute of its own within the interval.</summary>
    public static Schedule ScheduleOf(string pipeline, TimeSpan interval)
    {
        int minutes = (int)interval.TotalMinutes;
        return new Cron(string.Create(CultureInfo.InvariantCulture, $"{OffsetOf(pipeline) % minutes}-59/{minutes} * * * *"), TimeZoneInfo.Utc);
    }

    public ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_entries);

    public ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default) => ValueTask.FromResult(_byName.GetValueOrDefault(name));

    public ValueTask<StreamOpening> OpenAsync(Pipeline pipeline, string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<StreamOpening>(new StreamOpened(OneSlice.Instance));

    /// <summary>A stream of one slice, which nobody reads here.</summary>
    private sealed class OneSlice : IStream
    {
        public static readonly OneSlice Instance = new();

        public string Name => "stream";

        public IReadOnlyList<IReadOnlyList<string>> PrimaryKey => [];

        public string? CursorField => null;

        public ReadOnlyMemory<byte> JsonSchema => "{}"u8.ToArray();

        public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await request.Cursors.FindAsync(StreamSlice.NoPartition, cancellationToken);
            yield return new SlicesPlanned([StreamSlice.Whole], null);
        }

        public IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Nothing is read here.");

        public string? Greatest(string? one, string? other) => one ?? other;

        public string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete) => null;
    }
}

/// <summary>A clock that goes on when it is told to.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
