using System.Numerics;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Formats;

/// <summary>An object that formats itself by a specification of its own: a datetime.</summary>
internal interface IFormattable
{
    string Format(Evaluation evaluation, string specification);
}

/// <summary>Python's <c>format(value, specification)</c>.</summary>
internal static class ValueFormat
{
    public static string Format(Evaluation evaluation, in Value value, string specification)
    {
        if (value.AsObject is IFormattable own)
            return own.Format(evaluation, specification);
        if (specification.Length == 0)
            return value.ToString();
        if (value.AsText is null && !Numbers.IsNumber(value))
            throw ValueException.Type($"unsupported format string passed to {value.TypeName}.__format__");
        var spec = FormatSpecReader.Read(specification);
        evaluation.Text(Math.Max(spec.Width, spec.Precision));
        if (value.AsText is { } text)
            return FormatText(evaluation, text, spec);
        if (value.TryGetFloat(out var number))
            return FormatFloat(evaluation, number, spec);
        return FormatInteger(evaluation, value, spec);
    }

    private static string FormatText(Evaluation evaluation, string text, FormatSpec spec)
    {
        if (spec.Type is not ('\0' or 's'))
            throw UnknownType(spec, "str");
        if (spec.Grouping != '\0')
            throw ValueException.Bad($"Cannot specify '{spec.Grouping}' with 's'.");
        if (spec.Sign != '-' || spec.Alternate || spec.Align == '=' && spec.Fill != "0")
            throw ValueException.Bad("Sign, alternate form and '=' alignment aren't allowed in a string format specifier");
        if (spec.Precision >= 0 && CodePoints.Count(text) > spec.Precision)
            text = string.Concat(CodePoints.Split(text).Take(spec.Precision));
        var alignment = spec.Align switch { '>' => TextAlignment.Right, '^' => TextAlignment.Center, _ => TextAlignment.Left };
        return Pad(evaluation, text, spec, alignment);
    }

    private static string FormatInteger(Evaluation evaluation, in Value value, FormatSpec spec)
    {
        if (spec.Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')
            return FormatFloat(evaluation, Numbers.ToDouble(value), spec);
        if (spec.Precision >= 0)
            throw ValueException.Bad("Precision not allowed in integer format specifier");
        var number = Numbers.ToInteger(value);
        if (spec.Type == 'c')
            return FormatText(evaluation, IntegerDigits.Character(number), spec with { Type = 's' });
        var (prefix, digits) = IntegerDigits.Format(BigInteger.Abs(number), spec.Type is '\0' or 'n' ? 'd' : spec.Type);
        if (digits is null)
            throw UnknownType(spec, value.TypeName);
        var every = spec.Type is 'x' or 'X' or 'o' or 'b' ? 4 : 3;
        return Assemble(evaluation, number.Sign < 0, spec.Alternate ? prefix : "", digits, "", every, spec);
    }

    private static string FormatFloat(Evaluation evaluation, double number, FormatSpec spec)
    {
        if (spec.Type is not ('\0' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'n' or '%'))
            throw UnknownType(spec, "float");
        var text = FloatFormat.Format(number, spec.Type, spec.Precision, spec.Alternate);
        var whole = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var (digits, rest) = whole < 0 ? (text, "") : (text[..whole], text[whole..]);
        var isNegative = double.IsNegative(number) && !double.IsNaN(number) && !(spec.NoNegativeZero && !text.AsSpan().ContainsAnyInRange('1', '9'));
        return Assemble(evaluation, isNegative, "", digits, rest, 3, spec);
    }

    private static string Assemble(Evaluation evaluation, bool negative, string prefix, string digits, string rest, int every, FormatSpec spec)
    {
        var sign = negative ? "-" : spec.Sign == '-' ? "" : spec.Sign.ToString();
        var inside = spec.Align == '=';
        if (spec.Grouping != '\0')
            digits = Group(digits, spec.Grouping, every, inside && spec.Fill == "0" ? spec.Width - sign.Length - prefix.Length - rest.Length : 0);
        var head = sign + prefix;
        if (inside)
            return head + TextPadding.Pad(evaluation, digits + rest, spec.Width - head.Length, spec.Fill, TextAlignment.Right);
        var alignment = spec.Align switch { '<' => TextAlignment.Left, '^' => TextAlignment.Center, _ => TextAlignment.Right };
        return Pad(evaluation, head + digits + rest, spec, alignment);
    }

    // Python puts the odd one of a centred field to the right.
    private static string Pad(Evaluation evaluation, string text, FormatSpec spec, TextAlignment alignment)
    {
        if (alignment != TextAlignment.Center)
            return TextPadding.Pad(evaluation, text, spec.Width, spec.Fill, alignment);
        var missing = Math.Max(0, spec.Width - CodePoints.Count(text));
        var half = TextPadding.Pad(evaluation, text, CodePoints.Count(text) + (missing / 2), spec.Fill, TextAlignment.Right);
        return TextPadding.Pad(evaluation, half, spec.Width, spec.Fill, TextAlignment.Left);
    }

    private static string Group(string digits, char separator, int every, int least)
    {
        var reversed = new List<char>();
        for (var i = 0; i < digits.Length || reversed.Count < least; i++)
        {
            if (i > 0 && i % every == 0)
                reversed.Add(separator);
            reversed.Add(i < digits.Length ? digits[^(i + 1)] : '0');
        }

        reversed.Reverse();
        return string.Concat(reversed);
    }

    private static ValueException UnknownType(FormatSpec spec, string type) =>
        ValueException.Bad($"Unknown format code '{spec.Type}' for object of type '{type}'");
}
