using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>The methods of each type.</summary>
internal static class MethodTables
{
    public static FunctionTable Dict { get; } = DictMethods.Table;

    public static FunctionTable? Of(in Value value) => value.Kind switch
    {
        ValueKind.Str => TextMethods.Table,
        ValueKind.Int or ValueKind.Bool => NumberMethods.Integers,
        ValueKind.Float => NumberMethods.Floats,
        ValueKind.Bytes => BytesMethods.Table,
        ValueKind.Dict => Dict,
        ValueKind.List => ListMethods.Table,
        ValueKind.Tuple => SequenceMethods.Table,
        ValueKind.Set => SetMethods.Table,
        ValueKind.Object => (value.AsObject as IHasMethods)?.Methods,
        _ => null,
    };
}

/// <summary>An object with methods of its own.</summary>
internal interface IHasMethods
{
    FunctionTable Methods { get; }
}

/// <summary>An object with properties of its own.</summary>
internal interface IHasProperties
{
    bool TryGetProperty(string name, out Value value);
}

/// <summary>Attributes that aren't methods.</summary>
internal static class Properties
{
    public static bool TryGet(in Value target, string name, out Value value)
    {
        if (target.AsObject is IHasProperties owner)
            return owner.TryGetProperty(name, out value);
        if (Numbers.IsNumber(target))
            return TryNumber(target, name, out value);
        value = default;
        return false;
    }

    private static bool TryNumber(in Value number, string name, out Value value)
    {
        var isFloat = number.TryGetFloat(out _);
        Value whole = number.TryGetBool(out var flag) ? Value.Of(flag ? 1L : 0L) : number;
        (value, var found) = name switch
        {
            "real" => (whole, true),
            "imag" => (isFloat ? 0.0 : Value.Of(0L), true),
            "numerator" when !isFloat => (whole, true),
            "denominator" when !isFloat => (Value.Of(1L), true),
            _ => (default, false),
        };
        return found;
    }
}
