using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Literals;

/// <summary>Numbers of literals: integers of every base, floats, imaginary numbers, with underscores between digits.</summary>
internal static partial class LiteralNumber
{
    private const string Digits = "[0-9](?:_?[0-9])*";

    [GeneratedRegex($@"\G(?:(?<real>(?:(?:{Digits})?\.{Digits}|{Digits}\.?)(?:[eE][+-]?{Digits})?)(?<imaginary>[jJ])?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Decimal { get; }

    [GeneratedRegex(@"\G0[xXoObB][0-9a-fA-F_]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Based { get; }

    public static bool TryRead(LiteralScanner scanner, out Value value)
    {
        value = default;
        var based = Based.Match(scanner.Text, scanner.Position);
        var match = based.Success ? based : Decimal.Match(scanner.Text, scanner.Position);
        var after = match.Index + match.Length;
        if (!match.Success || (after < scanner.Text.Length && (char.IsLetterOrDigit(scanner.Text[after]) || scanner.Text[after] is '_' or '.')))
            return false;
        if (!TryConvert(match.Groups["real"] is { Success: true } real ? real.Value : match.Value, match.Groups["imaginary"].Success, based.Success, out value))
            return false;
        scanner.Position = after;
        scanner.SkipBlanks();
        return true;
    }

    private static bool TryConvert(string text, bool imaginary, bool hasBase, out Value value)
    {
        value = default;
        if (hasBase || (!imaginary && !text.AsSpan().ContainsAny(".eE")))
        {
            if (!IntegerText.TryParse(text, numberBase: 0, out var integer))
                return false;
            value = Value.Of(integer);
            return true;
        }

        var number = double.Parse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture);
        value = imaginary ? new ComplexValue(new Complex(0, number)) : number;
        return true;
    }
}
