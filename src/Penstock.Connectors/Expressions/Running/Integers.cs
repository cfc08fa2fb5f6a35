using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Arguments that must be integers.</summary>
internal static class Integers
{
    /// <summary>An index, a count or a width; a boolean is one too.</summary>
    public static long ToIndex(in Value value)
    {
        if (value.TryGetIndex(out var index))
            return index;
        if (value.TryGetInteger(out _))
            throw ValueException.Overflow("the integer is too large here");
        throw ValueException.Type($"'{value.TypeName}' object cannot be interpreted as an integer");
    }

    /// <summary>A count that is at least 0 and fits 32 bits.</summary>
    public static int ToCount(in Value value) => (int)Math.Clamp(ToIndex(value), 0, int.MaxValue);
}
