using System.Globalization;
using System.Runtime.CompilerServices;

namespace Penstock.Simulation.Invariants;

/// <summary>What is wrong, in words; they are looked up and put together only if something is: millions of checks say nothing.</summary>
[InterpolatedStringHandler]
public ref struct Finding
{
    private DefaultInterpolatedStringHandler _text;

    public Finding(int literalLength, int formattedCount, bool holds, out bool isTold)
    {
        isTold = !holds;
        _text = isTold ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    public void AppendFormatted(object? value) => _text.AppendFormatted(value);

    public override string ToString() => _text.ToStringAndClear();
}
