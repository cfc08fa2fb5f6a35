using System.Numerics;
using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Formats;

/// <summary><c>'%05.2f and %s' % (number, text)</c>.</summary>
internal sealed class PercentFormat
{
    private readonly Evaluation _evaluation;
    private readonly string _format;
    private readonly Value _given;
    private readonly IReadOnlyList<Value> _values;
    private readonly bool _escapes;
    private int _position;
    private int _next;

    private PercentFormat(Evaluation evaluation, in Value format, in Value given)
    {
        _evaluation = evaluation;
        _format = format.AsText!;
        _given = given;
        _values = given.AsTuple?.Elements ?? [given];
        _escapes = format.AsObject is MarkupValue;
    }

    public static Value Apply(Evaluation evaluation, in Value format, in Value given) =>
        TextMethods.Like(format, new PercentFormat(evaluation, format, given).Run());

    // Python takes anything with subscripts but texts and tuples for a mapping, and then doesn't miss unused values.
    private bool IsMapping => _given.AsTuple is null && _given.AsText is null
        && _given.AsObject is DictValue or ListValue or BytesValue or UndefinedValue or IMappingValue;

    private string Run()
    {
        var result = new StringBuilder();
        while (_position < _format.Length)
        {
            var percent = _format.IndexOf('%', _position);
            var end = percent < 0 ? _format.Length : percent;
            result.Append(_format, _position, end - _position);
            _position = end;
            if (percent >= 0)
            {
                _position++;
                result.Append(One());
            }

            _evaluation.Growing(result.Length);
        }

        _evaluation.Text(result.Length);
        if (_next < _values.Count && !IsMapping)
            throw ValueException.Type("not all arguments converted during string formatting");
        return result.ToString();
    }

    private string One()
    {
        var key = Key();
        var flags = Flags();
        var width = Number();
        var leftAligned = flags.Contains('-') || width < 0;
        var precision = _position < _format.Length && _format[_position] == '.' && _position++ >= 0 ? Math.Max(0, Number()) : -1;
        while (_position < _format.Length && _format[_position] is 'h' or 'l' or 'L')
            _position++;
        if (_position >= _format.Length)
            throw ValueException.Bad("incomplete format");
        var type = _format[_position++];
        if (type == '%')
            return "%";
        var value = key is { } named ? named : Take();
        width = Math.Abs(width);
        _evaluation.Text(Math.Max(width, (long)precision));
        var (sign, body, isNumber) = Convert(value, type, flags, precision);
        if (leftAligned)
            return TextPadding.Pad(_evaluation, sign + body, width, " ", TextAlignment.Left);
        if (flags.Contains('0') && isNumber)
            return sign + TextPadding.Pad(_evaluation, body, width - sign.Length, "0", TextAlignment.Right);
        return TextPadding.Pad(_evaluation, sign + body, width, " ", TextAlignment.Right);
    }

    private (string Sign, string Body, bool IsNumber) Convert(in Value value, char type, string flags, int precision)
    {
        switch (type)
        {
            case 's' or 'r' or 'a':
                var text = type == 's' ? (_escapes ? Html.Escape(value) : value.ToString()) : value.ToRepr();
                return ("", precision >= 0 && precision < CodePoints.Count(text) ? string.Concat(CodePoints.Split(text).Take(precision)) : text, false);
            case 'c':
                return ("", Character(value), false);
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                var number = PercentNumbers.Integer(value, type);
                var (prefix, digits) = IntegerDigits.Format(BigInteger.Abs(number), type);
                return (Sign(number.Sign < 0, flags) + (flags.Contains('#') ? prefix : ""), digits!.PadLeft(Math.Max(precision, 0), '0'), true);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                var real = PercentNumbers.Float(value);
                return (Sign(double.IsNegative(real) && !double.IsNaN(real), flags), FloatFormat.Format(real, type, precision, flags.Contains('#')), double.IsFinite(real));
            default:
                throw ValueException.Bad($"unsupported format character '{type}'");
        }
    }

    private Value? Key()
    {
        if (_position >= _format.Length || _format[_position] != '(')
            return null;
        if (!IsMapping)
            throw ValueException.Type("format requires a mapping");
        var start = ++_position;
        for (var open = 1; open > 0; _position++)
        {
            if (_position >= _format.Length)
                throw ValueException.Bad("incomplete format key");
            open += _format[_position] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        var name = _format[start..(_position - 1)];
        if (_given.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if (_given.AsObject is ListValue or BytesValue)
            throw ValueException.Type("list indices must be integers or slices, not str");
        return Access.TryItem(_given, name, out var value) ? value : throw new ValueException(ValueErrorKind.Key, $"the mapping has no key '{name}'");
    }

    private string Flags()
    {
        var start = _position;
        while (_position < _format.Length && _format[_position] is '-' or '+' or ' ' or '#' or '0')
            _position++;
        return _format[start.._position];
    }

    private int Number()
    {
        if (_position < _format.Length && _format[_position] == '*')
        {
            _position++;
            var value = Take();
            return value.TryGetIndex(out var given) ? (int)Math.Clamp(given, -int.MaxValue, int.MaxValue) : throw ValueException.Type("* wants int");
        }

        long number = 0;
        for (; _position < _format.Length && char.IsAsciiDigit(_format[_position]); _position++)
            number = Math.Min((number * 10) + _format[_position] - '0', int.MaxValue);
        return (int)number;
    }

    private Value Take()
    {
        if (_next >= _values.Count)
            throw ValueException.Type("not enough arguments for format string");
        return _values[_next++];
    }

    private static string Character(in Value value)
    {
        if (value.AsText is { } text && CodePoints.Count(text) == 1)
            return text;
        return Numbers.IsInteger(value)
            ? IntegerDigits.Character(Numbers.ToInteger(value))
            : throw ValueException.Type("%c requires an int or a unicode character");
    }

    private static string Sign(bool negative, string flags) => negative ? "-" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : "";
}

/// <summary>Numbers for <c>%</c> formatting.</summary>
file static class PercentNumbers
{
    public static BigInteger Integer(in Value value, char type)
    {
        if (Numbers.IsInteger(value))
            return Numbers.ToInteger(value);
        if (type is 'd' or 'i' or 'u' && value.TryGetFloat(out var number))
            return double.IsFinite(number) ? new BigInteger(number) : throw ValueException.Overflow("cannot convert float infinity or nan to integer");
        if (type is 'd' or 'i' or 'u' && value.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        throw ValueException.Type($"%{type} format: a real number is required, not {value.TypeName}");
    }

    public static double Float(in Value value)
    {
        if (Numbers.IsNumber(value))
            return Numbers.ToDouble(value);
        throw value.AsObject is UndefinedValue undefined ? undefined.Error() : ValueException.Type($"must be real number, not {value.TypeName}");
    }
}
