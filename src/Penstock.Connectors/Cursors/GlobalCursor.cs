using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Cursors;

/// <summary>The greatest cursor value of all partitions: where partitions begin that have no state of their own.</summary>
internal sealed class GlobalCursor(IStreamCursor? cursor)
{
    private string? _next;
    private bool _sawData;

    /// <summary>The value, in the form that states have it; null if there is none yet.</summary>
    public string? Value { get; private set; }

    /// <summary>Seconds that a new partition begins before the value: what a run took, since records may have come meanwhile.</summary>
    public long Lookback { get; set; }

    /// <summary>Takes the value over from an earlier run's state.</summary>
    public void Start(DictValue state)
    {
        if (cursor is null || !state.TryGet(cursor.Field, out var value)) return;
        Value = _next = cursor.Normalise(ValueJsonWriter.ToUtf8(value))
            ?? throw CursorState.Unreadable($"the value of the cursor '{cursor.Field}' has none of its formats");
    }

    /// <summary>A record's value. Compared as text, as the reference does.</summary>
    public void Observe(string value)
    {
        _sawData = true;
        if (_next is null || string.CompareOrdinal(_next, value) < 0) _next = value;
    }

    /// <summary>A partition is done, and this is its state.</summary>
    public void Reached(string state)
    {
        var sawData = _sawData;
        if (ValueJsonReader.Read(state).AsDict!.TryGet(cursor!.Field, out var value)) Observe(value.ToString());
        _sawData = sawData;
    }

    /// <summary>All partitions are done.</summary>
    public void End(long seconds)
    {
        if (!_sawData) return;
        (Value, Lookback) = (_next, seconds);
    }

    /// <summary>The state that a new partition begins with, or null.</summary>
    public string? ForNewPartition()
    {
        if (Value is null) return null;
        var start = cursor!.Earlier(Value, TimeSpan.FromSeconds(Lookback));
        return ValueJsonWriter.ToText(new DictValue { [cursor.Field] = start });
    }
}
