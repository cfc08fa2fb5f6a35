using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>
/// <c>a.b</c> and <c>a['b']</c> as Jinja's sandbox has them: a dot prefers the attribute, brackets prefer the item, each falls
/// back to the other, and what isn't there is undefined. Attributes come from closed tables: there is no reflection to abuse.
/// </summary>
internal static class Access
{
    public static Value Attribute(in Value target, string name)
    {
        if (target.AsDict is { } dict && !MethodTables.Dict.Contains(name) && !Dunders.Exist(name))
            return dict.Entries.TryGetValue(name, out var entry) ? entry : Missing(target, name);
        if (TryAttribute(target, name, out var value) || TryItem(target, name, out value))
            return value;
        return Missing(target, name);
    }

    public static Value Item(in Value target, in Value key)
    {
        if (TryItem(target, key, out var value))
            return value;
        if (key.AsText is not { } name)
            return new UndefinedValue($"'{target.TypeName}' has no element of that key");
        return TryAttribute(target, name, out value) ? value : Missing(target, name);
    }

    /// <summary>The method of that name, or null if the name isn't a method.</summary>
    public static NativeFunction? FindMethod(in Value target, string name) =>
        MethodTables.Of(target) is { } methods && methods.TryGet(name, out var method) ? method : null;

    /// <summary>Python's <c>getattr</c> under the sandbox's rules.</summary>
    public static bool TryAttribute(in Value target, string name, out Value value)
    {
        if (FindMethod(target, name) is { } method)
        {
            value = new BoundMethod(target, method);
            return true;
        }

        if (Properties.TryGet(target, name, out value))
            return true;
        if (Dunders.Exist(name))
        {
            value = Unsafe(target, name);
            return true;
        }

        // Python asks an undefined value for any other attribute only to be told that it is undefined.
        if (target.AsObject is UndefinedValue undefined && !Dunders.Looks(name))
            throw undefined.Error();
        return false;
    }

    /// <summary>Python's <c>target[key]</c>; false where it raises a type or lookup error.</summary>
    public static bool TryItem(in Value target, in Value key, out Value value)
    {
        value = default;
        if (target.AsText is { } text)
            return key.TryGetIndex(out var at) && Indexes.TryText(text, at, out value);
        switch (target.AsObject)
        {
            case DictValue dict:
                return IsHashable(key) && dict.Entries.TryGetValue(key, out value);
            case ListValue list:
                return TryElement(list.Elements, key, out value);
            case TupleValue tuple:
                return TryElement(tuple.Elements, key, out value);
            case BytesValue bytes:
                return key.TryGetIndex(out var index) && Indexes.TryResolve(index, bytes.Content.Length, out var i) && Set(bytes.Content.Span[i], out value);
            case IMappingValue mapping:
                return mapping.TryGet(key, out value);
            case UndefinedValue undefined:
                throw undefined.Error();
            default:
                return false;
        }
    }

    public static Value Missing(in Value target, string name) => new UndefinedValue($"'{target.TypeName}' has no attribute '{name}'");

    public static Value Unsafe(in Value target, string name) =>
        new UndefinedValue($"access to attribute '{name}' of '{target.TypeName}' object is unsafe", ValueErrorKind.Security);

    private static bool TryElement(IReadOnlyList<Value> elements, in Value key, out Value value)
    {
        value = default;
        if (!key.TryGetIndex(out var index) || !Indexes.TryResolve(index, elements.Count, out var i))
            return false;
        value = elements[i];
        return true;
    }

    private static bool Set(byte content, out Value value)
    {
        value = (long)content;
        return true;
    }

    private static bool IsHashable(in Value key) => key.Kind is not (ValueKind.List or ValueKind.Dict or ValueKind.Set);
}

/// <summary>A mapping that isn't a dict.</summary>
internal interface IMappingValue
{
    bool TryGet(in Value key, out Value value);
}
