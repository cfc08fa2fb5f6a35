using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Penstock.Connectors.Streams;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Sources;

/// <summary>
/// The source as one worker reads it, without HTTP: windows of a fixed width, a lookback, pages by (time, id). The cursor is
/// the greatest time seen, as a number; a state is <c>{"updated":1767225617}</c>.
/// </summary>
public sealed class SourceStream(World world, Worker worker, StreamShape shape) : IStream
{
    private const int MostWindows = 40;

    public string Name => "events";

    public IReadOnlyList<IReadOnlyList<string>> PrimaryKey => [["id"]];

    public string? CursorField => "updated";

    public ReadOnlyMemory<byte> JsonSchema { get; } = "{}"u8.ToArray();

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int position = request.Position is null ? 0 : int.Parse(request.Position, CultureInfo.InvariantCulture);
        long now = (request.AsOf ?? world.Time.GetUtcNow()).ToUnixTimeSeconds();
        // Whoever asks later may be told of more.
        bool IsThere(string partition) => partition != shape.Partitions[^1] || !(shape.AddedAt > world.Time.GetUtcNow());
        for (; position < shape.Partitions.Count; position += shape.PartitionsPerStep)
        {
            if (await AskAsync(CallKind.Plan, $"plan {position}") is { } trouble)
            {
                yield return trouble.Mode == FaultMode.Throttle
                    ? new PlanWaits(worker.Time.GetUtcNow().AddMinutes(1), "quota")
                    : new PlanFailed(Passing(trouble));
                yield break;
            }

            var slices = new List<StreamSlice>();
            foreach (string partition in shape.Partitions.Skip(position).Take(shape.PartitionsPerStep).Where(IsThere))
                slices.AddRange(await WindowsAsync(partition, request, now, cancellationToken));
            int next = position + shape.PartitionsPerStep;
            yield return new SlicesPlanned(slices, next < shape.Partitions.Count ? $"{next}" : null);
        }
    }

    public async IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (long from, long to) = (Number(slice.Window!.Start), Number(slice.Window.End));
        var calls = default(CallCounts);
        for (bool isLast = false; !isLast;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<SourceRecord> page = [];
            StoreUnavailableException? trouble = await AskAsync(CallKind.Page, $"page {slice.Partition} {slice.Window.Start} {position}", () =>
            {
                page = world.Source.Query(slice.Partition, from, to, Place(position), shape);
                return world.Scenario.RefusalOf(world, slice);
            });
            world.Invariants.Called();
            if (trouble is not null)
            {
                calls = new CallCounts(1, trouble.Mode == FaultMode.Throttle ? 1 : 0);
                yield return trouble.Mode switch
                {
                    FaultMode.Throttle => new ReadWaits(worker.Time.GetUtcNow().AddMinutes(1), "quota") { Calls = calls },
                    FaultMode.Partial => new ReadFailed(new SourceError(SourceErrorKind.Config, "403", 403)) { Calls = calls },
                    _ => new ReadFailed(Passing(trouble)) { Calls = calls },
                };
                yield break;
            }

            isLast = page.Count < shape.PageSize;
            position = isLast ? null : string.Create(CultureInfo.InvariantCulture, $"{page[^1].Updated}|{page[^1].Id}");
            yield return new PageRead(
                [.. page.Select(record => record.Json)], position, page.Count == 0 ? null : Text(page.Max(record => record.Updated)), 0)
            {
                Calls = new CallCounts(1, 0),
            };
        }
    }

    public string? Greatest(string? one, string? other) =>
        one is null ? other : other is null || Number(one) >= Number(other) ? one : other;

    public string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete)
    {
        string? greatest = complete.Select(slice => slice.GreatestCursor).Append(StateOf(cursorState)).Aggregate(Greatest);
        return greatest is null ? null : $$"""{"updated":{{greatest}}}""";
    }

    /// <summary>The time in a cursor's state.</summary>
    public static string? StateOf(string? state) => state is null ? null : JsonDocument.Parse(state).RootElement.GetProperty("updated").ToString();

    private async ValueTask<IEnumerable<StreamSlice>> WindowsAsync(string partition, PlanRequest request, long now, CancellationToken cancellationToken)
    {
        (long from, long to) = request.Window is { } window
            ? (window.From.ToUnixTimeSeconds(), window.To.ToUnixTimeSeconds())
            : (StateOf(await request.Cursors.FindAsync(partition, cancellationToken)) is { } state
                ? Number(state) - (long)shape.Lookback.TotalSeconds
                : world.Scenario.Start.AddHours(-1).ToUnixTimeSeconds(), now);
        // Not more than some windows, however long ago it was that the source was last read.
        long step = Math.Max((long)shape.Window.TotalSeconds, (to - from) / MostWindows);
        return Enumerable.Range(0, (int)Math.Max(0, (to - from + step - 1) / step))
            .Select(i => new StreamSlice(partition, new SliceWindow(Text(from + (i * step)), Text(Math.Min(from + ((i + 1) * step), to)))));
    }

    // What goes wrong on the way to the source is an answer of the source, except where the worker's own code throws.
    private async ValueTask<StoreUnavailableException?> AskAsync(CallKind kind, string name, Func<FaultMode>? ask = null)
    {
        try
        {
            FaultMode refusal = await world.Wire.CallAsync(worker, kind, name, () => ValueTask.FromResult(ask?.Invoke() ?? FaultMode.None));
            return refusal == FaultMode.None ? null : new StoreUnavailableException(name, refusal);
        }
        catch (StoreUnavailableException e) when (e.Mode != FaultMode.After)
        {
            return e;
        }
    }

    private static SourceError Passing(StoreUnavailableException e) => new(SourceErrorKind.Transient, e.Message, 503);

    private static (long Updated, string Id)? Place(string? position) =>
        position?.Split('|') is [var updated, var id] ? (Number(updated), id) : null;

    /// <summary>A time of a window or a cursor.</summary>
    public static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a stream is cut.</summary>
public sealed record StreamShape
{
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan Lookback { get; init; } = TimeSpan.FromMinutes(5);

    public int PageSize { get; init; } = 2;

    public IReadOnlyList<string> Partitions { get; init; } = [StreamSlice.NoPartition];

    /// <summary>Whether pages come in the order of ids, so that the last page needn't have the greatest cursor.</summary>
    public bool IsById { get; init; }

    /// <summary>When the last of the partitions is added; null if it is there from the beginning.</summary>
    public DateTimeOffset? AddedAt { get; init; }

    /// <summary>How many partitions are planned before planning hands over its position.</summary>
    public int PartitionsPerStep { get; init; } = 2;
}
