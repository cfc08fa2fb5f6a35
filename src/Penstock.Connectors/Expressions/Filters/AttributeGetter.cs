using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>The attribute that a filter looks at: <c>'address.city'</c>, <c>'items.0'</c>, <c>0</c>, or the item itself.</summary>
internal sealed class AttributeGetter
{
    private readonly Value[] _parts;
    private readonly Value _default;
    private readonly bool _ignoreCase;

    public AttributeGetter(in Value attribute, in Value byDefault = default, bool ignoreCase = false)
    {
        _parts = attribute.IsNone ? [] : attribute.AsText is { } path ? Array.ConvertAll(path.Split('.'), Part) : [attribute];
        _default = byDefault;
        _ignoreCase = ignoreCase;
    }

    /// <summary>One getter for each of <c>'a,b.c'</c>.</summary>
    public static AttributeGetter[] Several(in Value attribute, bool ignoreCase) => attribute.AsText is { } paths
        ? Array.ConvertAll(paths.Split(','), p => new AttributeGetter(p, ignoreCase: ignoreCase))
        : [new AttributeGetter(attribute, ignoreCase: ignoreCase)];

    public Value Get(Value item)
    {
        foreach (var part in _parts)
        {
            item = Access.Item(item, part);
            if (item.IsUndefined && !_default.IsNone)
                item = _default;
        }

        return _ignoreCase && item.AsText is { } text ? TextCasing.Lower(text) : item;
    }

    private static Value Part(string part) =>
        part.Length > 0 && part.All(char.IsAsciiDigit) && long.TryParse(part, out var index) ? index : part;
}
