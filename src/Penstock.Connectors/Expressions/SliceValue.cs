using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// A stream slice as templates see it: a mapping of its partition and its window together, with <c>partition</c>,
/// <c>cursor_slice</c> and <c>extra_fields</c> as attributes.
/// </summary>
public sealed class SliceValue : ObjectValue, IMappingValue, IContainer, IHasProperties, IHasMethods
{
    private readonly DictValue _all;

    /// <summary>Makes a slice.</summary>
    /// <param name="partition">The partition's fields.</param>
    /// <param name="window">The cursor's window, for example <c>start_time</c> and <c>end_time</c>.</param>
    /// <param name="extraFields">Fields that don't belong to the partition.</param>
    /// <exception cref="ArgumentException">The partition and the window have a key in common.</exception>
    public SliceValue(DictValue partition, DictValue? window = null, DictValue? extraFields = null)
    {
        Partition = partition;
        Window = window ?? new DictValue();
        ExtraFields = extraFields ?? new DictValue();
        if (Window.Entries.Keys.Any(Partition.Entries.ContainsKey))
            throw new ArgumentException("the keys of a slice's partition and of its window must differ", nameof(window));
        _all = new DictValue(Partition.Entries.Concat(Window.Entries));
    }

    /// <summary>The partition's fields.</summary>
    public DictValue Partition { get; }

    /// <summary>The cursor's window.</summary>
    public DictValue Window { get; }

    /// <summary>Fields that don't belong to the partition.</summary>
    public DictValue ExtraFields { get; }

    /// <inheritdoc/>
    public override string TypeName => "StreamSlice";

    /// <inheritdoc/>
    public override bool IsTruthy => _all.IsTruthy || ExtraFields.IsTruthy;

    /// <inheritdoc/>
    public override long? Length => _all.Length;

    /// <inheritdoc/>
    public override IEnumerable<Value> Items => _all.Items;

    FunctionTable IHasMethods.Methods => SliceMethods;

    private static FunctionTable SliceMethods { get; } = new()
    {
        { "get", "self, key, default=None", (_, a) => Dict(a).Entries.TryGetValue(a[1], out var value) ? value : a[2] },
        { "items", "self", (_, a) => new DictView(Dict(a), DictViewKind.Items) },
        { "keys", "self", (_, a) => new DictView(Dict(a), DictViewKind.Keys) },
        { "values", "self", (_, a) => new DictView(Dict(a), DictViewKind.Values) },
    };

    bool IMappingValue.TryGet(in Value key, out Value value)
    {
        value = default;
        return key.Kind is not (ValueKind.List or ValueKind.Dict or ValueKind.Set) && _all.Entries.TryGetValue(key, out value);
    }

    bool IContainer.Contains(in Value item) => _all.Entries.ContainsKey(item);

    bool IHasProperties.TryGetProperty(string name, out Value value)
    {
        value = name switch
        {
            "partition" or "_partition" => Partition,
            "cursor_slice" => Window,
            "extra_fields" => ExtraFields,
            "_cursor_slice" or "_stream_slice" or "_extra_fields" or "_abc_impl" => Access.Unsafe(this, name),
            _ => default,
        };
        return !value.IsNone;
    }

    internal override bool IsEqualTo(ObjectValue other, int depth) => other switch
    {
        DictValue dict => _all.IsEqualTo(dict, depth),
        SliceValue slice => Partition.IsEqualTo(slice.Partition, depth) && Window.IsEqualTo(slice.Window, depth),
        _ => false,
    };

    internal override void AppendRepr(StringBuilder target, int depth) => _all.AppendRepr(target, depth);

    private static DictValue Dict(Value[] a) => ((SliceValue)a[0].AsObject!)._all;
}
