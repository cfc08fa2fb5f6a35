using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// The types that a result may take when the rendered text is read as a literal; a text that reads as any other stays text.
/// Request parameters and form bodies allow texts and lists only, so that <c>5</c> is sent as it is written.
/// </summary>
[Flags]
public enum ValidTypes
{
    /// <summary>Every type but complex numbers.</summary>
    Any = 0,

    /// <summary>Texts.</summary>
    Str = 1,

    /// <summary>Lists.</summary>
    List = 2,

    /// <summary>Integers; booleans are integers.</summary>
    Int = 4,

    /// <summary>Floats.</summary>
    Float = 8,

    /// <summary>Booleans.</summary>
    Bool = 16,

    /// <summary>Mappings.</summary>
    Dict = 32,

    /// <summary>Tuples.</summary>
    Tuple = 64,

    /// <summary>Sets.</summary>
    Set = 128,

    /// <summary>Bytes.</summary>
    Bytes = 256,
}

internal static class ValidTypesExtensions
{
    public static bool Allow(this ValidTypes types, in Value value)
    {
        if (types == ValidTypes.Any)
            return value.AsObject is not ComplexValue;
        var type = value.Kind switch
        {
            ValueKind.Str => ValidTypes.Str,
            ValueKind.List => ValidTypes.List,
            ValueKind.Int => ValidTypes.Int,
            ValueKind.Float => ValidTypes.Float,
            ValueKind.Bool => ValidTypes.Bool | ValidTypes.Int,
            ValueKind.Dict => ValidTypes.Dict,
            ValueKind.Tuple => ValidTypes.Tuple,
            ValueKind.Set => ValidTypes.Set,
            ValueKind.Bytes => ValidTypes.Bytes,
            _ => ValidTypes.Any,
        };
        return (types & type) != ValidTypes.Any;
    }
}
