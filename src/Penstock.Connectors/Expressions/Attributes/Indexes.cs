using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>Indexes that may count from the end.</summary>
internal static class Indexes
{
    public static bool TryResolve(long index, int count, out int resolved)
    {
        var position = index < 0 ? index + count : index;
        resolved = (int)Math.Clamp(position, -1, count);
        return position >= 0 && position < count;
    }

    /// <summary>The code point at an index.</summary>
    public static bool TryText(string text, long index, out Value value)
    {
        value = default;
        if (CodePoints.AreUnits(text))
        {
            if (!TryResolve(index, text.Length, out var i))
                return false;
            value = CodePoints.At(text, i, 1);
            return true;
        }

        var points = CodePoints.Split(text);
        if (!TryResolve(index, points.Length, out var at))
            return false;
        value = points[at];
        return true;
    }
}
