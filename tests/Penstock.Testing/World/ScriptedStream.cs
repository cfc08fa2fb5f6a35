using System.Runtime.CompilerServices;
using System.Text;
using Penstock.Connectors.Streams;

namespace Penstock.Testing.World;

/// <summary>
/// A stream without HTTP: numbered records in windows of a fixed size, pages of a fixed size. Record n is
/// <c>{"id":n,"updated":n,"name":"record n"}</c>; the cursor is <c>updated</c>.
/// </summary>
public sealed class ScriptedStream : IStream
{
    /// <summary>How many records the source has now.</summary>
    public int Count { get; set; } = 100;

    public int WindowSize { get; init; } = 10;

    public int PageSize { get; init; } = 4;

    /// <summary>Partitions, each with all the records; one without a name for an unpartitioned stream.</summary>
    public IReadOnlyList<string> Partitions { get; set; } = [StreamSlice.NoPartition];

    /// <summary>Slices in a planned batch before planning hands over its position.</summary>
    public int SlicesPerPlanStep { get; init; } = 7;

    /// <summary>Whether it has no cursor: each run reads all of it.</summary>
    public bool ReadsWhole { get; init; }

    /// <summary>Records that the source doesn't have any more.</summary>
    public HashSet<int> Gone { get; } = [];

    /// <summary>Writes record n, if it isn't to be the usual one.</summary>
    public Func<int, string>? Text { get; set; }

    /// <summary>Asked before each page: a wait or a failure to give instead.</summary>
    public Func<StreamSlice, int, ReadStep?> Interruption { get; set; } = (_, _) => null;

    /// <summary>Asked before each page too, where what is asked takes its time: a budget.</summary>
    public Func<ValueTask<ReadStep?>>? Gate { get; set; }

    /// <summary>Asked before each planned batch.</summary>
    public Func<int, PlanStep?> PlanInterruption { get; set; } = _ => null;

    /// <summary>Called for each page that is served.</summary>
    public Action<StreamSlice, int>? Served { get; set; }

    /// <summary>Reads parents as a plan begins; gives what the plan tells of it. Null for a stream without parents.</summary>
    public Func<PlanRequest, ValueTask<IReadOnlyList<ParentRead>>>? ReadParents { get; set; }

    public string Name => "numbers";

    public IReadOnlyList<IReadOnlyList<string>> PrimaryKey => [["id"]];

    public string? CursorField => ReadsWhole ? null : "updated";

    public ReadOnlyMemory<byte> JsonSchema { get; } = "{}"u8.ToArray();

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var slices = new List<StreamSlice>();
        foreach (string partition in Partitions)
        {
            int from = request.Window is { } window ? (int)window.From.ToUnixTimeSeconds() : ReadsWhole ? 0 : Cursor(await request.Cursors.FindAsync(partition, cancellationToken));
            int to = request.Window is { } end ? (int)end.To.ToUnixTimeSeconds() : Count;
            for (int start = from; start < to; start += WindowSize)
                slices.Add(new StreamSlice(partition, new SliceWindow($"{start}", $"{Math.Min(start + WindowSize, to)}")));
        }

        IReadOnlyList<ParentRead> parents = ReadParents is null ? [] : await ReadParents(request);
        int position = request.Position is null ? 0 : int.Parse(request.Position);
        if (slices.Count == 0)
            yield return new SlicesPlanned([], null) { Parents = parents };
        for (; position < slices.Count; position += SlicesPerPlanStep)
        {
            await Task.Yield();
            if (PlanInterruption(position) is { } interruption)
            {
                yield return interruption;
                yield break;
            }

            int next = position + SlicesPerPlanStep;
            yield return new SlicesPlanned([.. slices.Skip(position).Take(SlicesPerPlanStep)], next < slices.Count ? $"{next}" : null) { Parents = parents };
        }
    }

    public async IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int end = Math.Min(int.Parse(slice.Window!.End), Count);
        int at = position is null ? int.Parse(slice.Window.Start) : int.Parse(position);
        do
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if ((Interruption(slice, at) ?? (Gate is null ? null : await Gate())) is { } interruption)
            {
                yield return interruption;
                yield break;
            }

            int next = Math.Min(at + PageSize, end);
            ReadOnlyMemory<byte>[] records = [.. Enumerable.Range(at, Math.Max(0, next - at)).Where(n => !Gone.Contains(n)).Select(n => Record(slice.Partition, n))];
            Served?.Invoke(slice, at);
            at = next;
            yield return new PageRead(records, at < end ? $"{at}" : null, records.Length == 0 ? null : $"{at - 1}", 0) { Calls = new CallCounts(1, 0) };
        }
        while (at < end);
    }

    /// <summary>A parent's cursor is like the stream's own.</summary>
    public IStream? Parent(string name) => ReadParents is null ? null : this;

    public string? Greatest(string? one, string? other) =>
        one is null ? other : other is null ? one : int.Parse(one) >= int.Parse(other) ? one : other;

    public string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete)
    {
        if (ReadsWhole)
            return null;
        int cursor = Math.Max(Cursor(cursorState), complete.Max(slice => Math.Min(int.Parse(slice.Slice.Window!.End), Count)));
        return $$"""{"updated":{{cursor}}}""";
    }

    /// <summary>The key of record n of a partition.</summary>
    public static string Key(string partition, int n) => partition == StreamSlice.NoPartition ? $"{n}" : $"{partition}-{n}";

    private ReadOnlyMemory<byte> Record(string partition, int n) =>
        Encoding.UTF8.GetBytes(Text?.Invoke(n) ?? $$"""{"id":"{{Key(partition, n).Replace("\"", "")}}","updated":{{n}},"name":"record {{n}}"}""");

    private static int Cursor(string? state) =>
        state is null ? 0 : System.Text.Json.JsonDocument.Parse(state).RootElement.GetProperty("updated").GetInt32();
}
