using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>A mutable mapping in insertion order. Keys are mostly texts.</summary>
public sealed class DictValue : ObjectValue
{
    /// <summary>An empty mapping.</summary>
    public DictValue() => Entries = [];

    /// <summary>A mapping with these entries; a later one replaces an earlier one of the same key.</summary>
    public DictValue(IEnumerable<KeyValuePair<Value, Value>> entries)
        : this()
    {
        foreach (var (key, value) in entries)
            Entries[key] = value;
    }

    internal DictValue(int capacity) => Entries = new(capacity);

    /// <summary>The entries in insertion order.</summary>
    public OrderedDictionary<Value, Value> Entries { get; }

    /// <summary>The entry of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Value this[Value key]
    {
        get => Entries[key];
        set => Entries[key] = value;
    }

    /// <summary>Gives the entry of a text key.</summary>
    public bool TryGet(string key, out Value value) => Entries.TryGetValue(key, out value);

    /// <summary>Gives the entry of a text key, or none.</summary>
    public Value Find(string key) => Entries.TryGetValue(key, out var value) ? value : Value.None;

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Dict;

    /// <inheritdoc/>
    public override string TypeName => "dict";

    /// <inheritdoc/>
    public override long? Length => Entries.Count;

    /// <inheritdoc/>
    public override IEnumerable<Value> Items
    {
        get
        {
            var count = Entries.Count;
            for (var i = 0; i < count; i++)
            {
                yield return Entries.GetAt(i).Key;
                if (Entries.Count != count)
                    throw new ValueException(ValueErrorKind.Value, "dictionary changed size during iteration");
            }
        }
    }

    internal override bool IsEqualTo(ObjectValue other, int depth)
    {
        if (other is not DictValue dict || dict.Entries.Count != Entries.Count)
            return false;
        foreach (var (key, value) in Entries)
        {
            if (!dict.Entries.TryGetValue(key, out var otherValue) || !ValueEquality.Equals(value, otherValue, depth))
                return false;
        }

        return true;
    }

    internal override int HashCode() => Unhashable();

    internal override void AppendRepr(StringBuilder target, int depth) => ValueText.AppendDict(target, Entries, depth);
}
