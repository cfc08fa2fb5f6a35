using System.Globalization;

namespace Penstock.Connectors.Datetimes;

/// <summary>Floats as Python's <c>repr</c> writes them: shortest round trip, always with a point or an exponent.</summary>
internal static class PythonFloat
{
    public static string Text(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        var magnitude = Math.Abs(value);
        // Python changes to an exponent at 1e16, .NET at 1e15.
        if (magnitude is >= 1e15 and < 1e16) return value.ToString("F1", CultureInfo.InvariantCulture);
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.AsSpan().IndexOfAny('.', 'e') < 0 ? text + ".0" : text;
    }
}
