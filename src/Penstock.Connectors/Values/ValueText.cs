using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>How values print: Python's <c>str</c> and <c>repr</c>.</summary>
internal static class ValueText
{
    private const int MaximumDepth = 200;

    public static void AppendText(StringBuilder target, in Value value)
    {
        if (value.AsText is { } text)
            target.Append(text);
        else if (value.AsObject is { } other)
            other.AppendText(target);
        else
            AppendScalar(target, value);
    }

    public static void AppendRepr(StringBuilder target, in Value value, int depth)
    {
        if (value.AsObject is { } other)
            other.AppendRepr(target, depth);
        else if (value.AsText is { } text)
            TextRepr.Append(target, text);
        else
            AppendScalar(target, value);
    }

    public static void AppendSequence(StringBuilder target, char open, IReadOnlyList<Value> elements, char close, int depth)
    {
        GuardDepth(depth);
        target.Append(open);
        for (var i = 0; i < elements.Count; i++)
        {
            if (i > 0)
                target.Append(", ");
            AppendRepr(target, elements[i], depth + 1);
        }

        target.Append(close);
    }

    public static void AppendDict(StringBuilder target, OrderedDictionary<Value, Value> entries, int depth)
    {
        GuardDepth(depth);
        target.Append('{');
        var first = true;
        foreach (var (key, value) in entries)
        {
            if (!first)
                target.Append(", ");
            first = false;
            AppendRepr(target, key, depth + 1);
            target.Append(": ");
            AppendRepr(target, value, depth + 1);
        }

        target.Append('}');
    }

    private static void AppendScalar(StringBuilder target, in Value value)
    {
        if (value.TryGetBool(out var flag))
            target.Append(flag ? "True" : "False");
        else if (value.TryGetInt64(out var integer))
            target.Append(integer);
        else if (value.TryGetFloat(out var number))
            target.Append(FloatText.Repr(number));
        else
            target.Append("None");
    }

    private static void GuardDepth(int depth)
    {
        if (depth > MaximumDepth)
            throw new ValueException(ValueErrorKind.Recursion, "maximum recursion depth exceeded while printing a value");
    }
}

public readonly partial struct Value
{
    /// <summary>The name of the value's type, as Python's messages have it.</summary>
    public string TypeName => Kind switch
    {
        ValueKind.None => "NoneType",
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.Float => "float",
        _ => AsObject?.TypeName ?? "str",
    };

    /// <summary>Python's <c>str</c>: how the value prints in a template.</summary>
    public override string ToString()
    {
        if (AsText is { } text)
            return text;
        var target = new StringBuilder();
        ValueText.AppendText(target, this);
        return target.ToString();
    }

    /// <summary>Python's <c>repr</c>: how the value prints inside a list.</summary>
    public string ToRepr()
    {
        var target = new StringBuilder();
        ValueText.AppendRepr(target, this, 0);
        return target.ToString();
    }
}
