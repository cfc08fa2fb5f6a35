using System.Text;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Cursors;

/// <summary>
/// A stream's whole state in Airbyte's JSON, followed from the plan to the end of a reading in one process, with the semantics
/// of airbyte-cdk's ConcurrentPerPartitionCursor. (A pipeline keeps its states by partition instead and needs none of this.)
/// </summary>
internal sealed class StreamState : ITrackedCursors
{
    /// <summary>Airbyte's mark of a stream without a cursor that was read to its end.</summary>
    public const string NoCursorMarker = "__ab_no_cursor_state_message";

    private const int MostPartitions = 10_000;

    private readonly StateShape _shape;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _began;
    private readonly DictValue _initial;
    private readonly GlobalCursor _global;
    private readonly Dictionary<string, PartitionState> _partitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamState> _parents = new(StringComparer.Ordinal);
    private readonly ParentStates _parentStates = new();
    private bool _isGlobal;

    public StreamState(DictValue? state, StateShape shape, TimeProvider time)
    {
        (_shape, _time, _began) = (shape, time, time.GetUtcNow());
        _initial = new DictValue((state ?? new DictValue()).Entries.Where(field => field.Key.ToString() != NoCursorMarker));
        _isGlobal = shape.IsGlobal;
        _global = new GlobalCursor(shape.Cursor);
        if (!shape.IsPartitioned || shape.Cursor is null || _initial.Length == 0) return;
        if (!_initial.TryGet("states", out var states) & !_initial.TryGet("state", out var global))
        {
            _global.Start(_initial);
        }
        else
        {
            _isGlobal = _initial.Find("use_global_cursor").IsTruthy;
            _global.Lookback = _initial.Find("lookback_window").TryGetInt64(out var seconds) ? seconds : 0;
            foreach (var entry in states.AsList?.Elements.Select(entry => entry.AsDict).OfType<DictValue>() ?? [])
                _partitions[PartitionJson.Write(entry.Find("partition"))] = new PartitionState(ValueJsonWriter.ToText(entry.Find("cursor")));
            if (global.AsDict is { } start) _global.Start(start);
        }

        if (_initial.Find("parent_state").AsDict is { Length: > 0 } parents) _parentStates.Latest = parents;
    }

    public ValueTask<string?> FindAsync(string partition, CancellationToken cancellationToken = default)
    {
        if (_shape.Cursor is null) return ValueTask.FromResult<string?>(null);
        if (!_shape.IsPartitioned)
        {
            return ValueTask.FromResult(_initial.Length == 0 ? null : ValueJsonWriter.ToText(_initial));
        }

        _isGlobal |= _partitions.Count > MostPartitions;
        if (!_partitions.TryGetValue(partition, out var known)) _partitions[partition] = known = new PartitionState(_global.ForNewPartition());
        _parentStates.Generated(partition, () => ParentsNow(isEnd: false));
        return ValueTask.FromResult(known.Initial);
    }

    public ITrackedCursors ForParent(string stream)
    {
        if (_parents.TryGetValue(stream, out var known)) return known;
        var shape = _shape.Parents?.GetValueOrDefault(stream) ?? new StateShape(null);
        return _parents[stream] = new StreamState(InitialOfParent(stream, shape), shape, _time);
    }

    public void Planned(StreamSlice slice)
    {
        if (_shape.Cursor is not null) Of(slice).Open++;
    }

    /// <summary>A planned slice isn't read after all: its partition counts as never found.</summary>
    public void Forget(StreamSlice slice) => _partitions.Remove(slice.Partition);

    public void Complete(StreamSlice slice, string? greatestCursor)
    {
        if (_shape.Cursor is not { } cursor) return;
        var partition = Of(slice);
        partition.Open--;
        partition.Add(new CompleteSlice(slice, greatestCursor));
        if (!_shape.IsPartitioned) return;
        if (greatestCursor is not null && cursor.Normalise(Encoding.UTF8.GetBytes(greatestCursor)) is { } greatest) _global.Observe(greatest);
        if (partition.Open > 0) return;
        var reached = _isGlobal ? null : Advanced(partition);
        if (reached is not null) _global.Reached(reached);
        partition.Close(reached);
        _parentStates.Closed(slice.Partition);
    }

    /// <summary>The state as it is now. At the end of a reading without failures, the state that the next one begins with.</summary>
    /// <param name="isEnd">Whether the reading is over.</param>
    public DictValue ToValue(bool isEnd)
    {
        if (_shape.Cursor is null) return new DictValue { [NoCursorMarker] = true };
        if (!_shape.IsPartitioned) return State(_partitions.GetValueOrDefault(StreamSlice.NoPartition) ?? new PartitionState(_initial.Length == 0 ? null : ValueJsonWriter.ToText(_initial)));
        if (isEnd && _partitions.Values.All(partition => partition.Open <= 0))
        {
            _global.End((long)Math.Ceiling((_time.GetUtcNow() - _began).TotalSeconds));
            _parentStates.Latest = ParentsNow(isEnd: true);
        }

        var state = new DictValue { ["use_global_cursor"] = _isGlobal };
        if (!_isGlobal)
        {
            state["states"] = new ListValue(_partitions.Select(entry => (Value)new DictValue
            {
                ["partition"] = PartitionJson.Read(entry.Key),
                ["cursor"] = State(entry.Value),
            }));
        }

        if (_global.Value is { } global) state["state"] = new DictValue { [_shape.Cursor.Field] = global };
        state["lookback_window"] = _global.Lookback;
        if (_parentStates.Latest is { } parents) state["parent_state"] = parents;
        return state;
    }

    private PartitionState Of(StreamSlice slice)
    {
        if (_partitions.TryGetValue(slice.Partition, out var known)) return known;
        var initial = _shape.IsPartitioned || _initial.Length == 0 ? null : ValueJsonWriter.ToText(_initial);
        return _partitions[slice.Partition] = new PartitionState(initial);
    }

    private DictValue State(PartitionState partition) => ValueJsonReader.Read(Advanced(partition)).AsDict!;

    private string Advanced(PartitionState partition) =>
        partition is { Reached: { } reached, Complete.Count: 0 } ? reached : _shape.Cursor!.Advance(partition.Reached ?? partition.Initial, partition.Complete, _time.GetUtcNow());

    private DictValue? ParentsNow(bool isEnd)
    {
        if (_shape.Parents is null) return null;
        return new DictValue(_shape.Parents.Keys.Select(name => KeyValuePair.Create((Value)name, (Value)((StreamState)ForParent(name)).ToValue(isEnd))));
    }

    // As the reference: the state kept for the parent; else the child's global state; else its only value, under the parent's field.
    private DictValue? InitialOfParent(string stream, StateShape shape)
    {
        if (_initial.Find("parent_state").AsDict?.Find(stream).AsDict is { } own) return own;
        if (_initial.TryGet("state", out var global)) return global.AsDict;
        return _initial.Length == 1 && shape.Cursor is { } cursor ? new DictValue { [cursor.Field] = _initial.Entries.First().Value } : null;
    }

    private sealed class PartitionState(string? initial)
    {
        private List<CompleteSlice>? _complete;

        public string? Initial { get; } = initial;

        /// <summary>What the slices that were all complete have led to; null if none were, or if it isn't kept any more.</summary>
        public string? Reached { get; private set; }

        public IReadOnlyList<CompleteSlice> Complete => _complete ?? [];

        public int Open { get; set; }

        public void Add(CompleteSlice slice) => (_complete ??= []).Add(slice);

        // 100,000 partitions: of each that is through, its state is kept and not its slices.
        public void Close(string? reached) => (Reached, _complete) = (reached, null);
    }
}
