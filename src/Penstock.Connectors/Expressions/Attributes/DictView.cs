using System.Text;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

internal enum DictViewKind
{
    Keys,
    Values,
    Items,
}

/// <summary><c>dict.keys()</c>, <c>.values()</c>, <c>.items()</c>: a live view of the mapping.</summary>
internal sealed class DictView(DictValue dict, DictViewKind view) : ObjectValue, IContainer, IHasMethods, IOrderedValue
{
    public override string TypeName => view switch
    {
        DictViewKind.Keys => "dict_keys",
        DictViewKind.Values => "dict_values",
        _ => "dict_items",
    };

    public bool IsSetLike => view != DictViewKind.Values;

    public override long? Length => dict.Entries.Count;

    public override IEnumerable<Value> Items => view switch
    {
        DictViewKind.Keys => dict.Items,
        DictViewKind.Values => dict.Items.Select(k => dict[k]),
        _ => dict.Items.Select(k => Value.Of(new TupleValue(k, dict[k]))),
    };

    public FunctionTable Methods => IsSetLike ? SetMethods.Views : NoMethods;

    private static FunctionTable NoMethods { get; } = [];

    public bool Contains(in Value item)
    {
        if (view == DictViewKind.Keys)
            return dict.Entries.ContainsKey(item);
        var wanted = item;
        return Items.Any(i => i.Equals(wanted));
    }

    /// <summary>Views are ordered as sets are: a subset is less.</summary>
    public int? CompareTo(ObjectValue other)
    {
        if (!IsSetLike || other is not (DictView { IsSetLike: true } or SetValue))
            throw ValueException.Type($"'<' not supported between instances of '{TypeName}' and '{other.TypeName}'");
        var mine = new SetValue(Items);
        var theirs = new SetValue(other.Items!);
        var isSubset = mine.Items.All(theirs.Contains);
        var isSuperset = theirs.Items.All(mine.Contains);
        return isSubset && isSuperset ? 0 : isSubset ? -1 : isSuperset ? 1 : null;
    }

    internal override bool IsEqualTo(ObjectValue other, int depth) =>
        ReferenceEquals(this, other)
        || (IsSetLike && other is DictView { IsSetLike: true } or SetValue && other.Length == Length && other.Items!.All(i => Contains(i)));

    internal override int HashCode() => IsSetLike ? Unhashable() : base.HashCode();

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        target.Append(TypeName).Append('(');
        ValueText.AppendSequence(target, '[', [.. Items], ']', depth);
        target.Append(')');
    }
}
