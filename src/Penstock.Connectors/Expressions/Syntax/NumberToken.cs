using System.Globalization;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>Numbers in expressions: <c>1_000</c>, <c>0x1F</c>, <c>1e3</c>, but not <c>.5</c> nor <c>5.</c>.</summary>
internal static partial class NumberToken
{
    [GeneratedRegex(@"\G([0-9]+_)*[0-9]+((\.([0-9]+_)*[0-9]+)?[eE][+\-]?([0-9]+_)*[0-9]+|\.([0-9]+_)*[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Float { get; }

    [GeneratedRegex(@"\G(0[bB](_?[01])+|0[oO](_?[0-7])+|0[xX](_?[0-9a-fA-F])+|[1-9](_?[0-9])*|0(_?0)*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Integer { get; }

    public static (Value Value, int Length) Read(string source, int position)
    {
        // "x.1.2" is two subscripts: a float doesn't begin right after a dot.
        var match = position > 0 && source[position - 1] == '.' ? Match.Empty : Float.Match(source, position);
        if (match.Success)
            return (double.Parse(match.Value.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture), match.Length);
        match = Integer.Match(source, position);
        if (!IntegerText.TryParse(match.Value, numberBase: 0, out var value))
            throw new SyntaxException($"an integer has more than {IntegerText.MaximumDigits} digits", position);
        return (Value.Of(value), match.Length);
    }
}
