using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Formats;

/// <summary><c>'{} {name!r:>10}'.format(…)</c>, with the sandbox's access to attributes.</summary>
internal sealed class BraceFormat
{
    private readonly Evaluation _evaluation;
    private readonly IReadOnlyList<Value> _positional;
    private readonly Value _named;
    private int _next;
    private bool _isNumbered;

    private BraceFormat(Evaluation evaluation, IReadOnlyList<Value> positional, in Value named)
    {
        _evaluation = evaluation;
        _positional = positional;
        _named = named;
    }

    public static string Format(Evaluation evaluation, string format, TupleValue positional, in Value named) =>
        new BraceFormat(evaluation, positional.Elements, named).Run(format, 2);

    private string Run(string format, int depth)
    {
        if (depth < 0)
            throw ValueException.Bad("Max string recursion exceeded");
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            var isDouble = i + 1 < format.Length && format[i + 1] == c;
            if (c is not ('{' or '}'))
                result.Append(c);
            else if (isDouble)
                result.Append(format[i++]);
            else if (c == '}')
                throw ValueException.Bad("Single '}' encountered in format string");
            else
                result.Append(Field(format, ref i, depth));
            _evaluation.Growing(result.Length);
        }

        _evaluation.Text(result.Length);
        return result.ToString();
    }

    // Reads from the opening brace and leaves the index on the closing one.
    private string Field(string format, ref int index, int depth)
    {
        var start = ++index;
        for (var open = 1; ; index++)
        {
            if (index >= format.Length)
                throw ValueException.Bad(start == format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
            open += format[index] switch { '{' => 1, '}' => -1, _ => 0 };
            if (open == 0)
                break;
        }

        return Replacement(format[start..index], depth);
    }

    private string Replacement(string field, int depth)
    {
        var nameEnd = NameEnd(field);
        var name = field[..nameEnd];
        var rest = field[nameEnd..];
        var value = FormatField.Resolve(_evaluation, name, First);
        if (rest.StartsWith('!'))
        {
            if (rest.Length < 2 || (rest.Length > 2 && rest[2] != ':'))
                throw ValueException.Bad("expected ':' after conversion specifier");
            value = rest[1] switch
            {
                's' => value.ToString(),
                'r' or 'a' => value.ToRepr(),
                _ => throw ValueException.Bad($"Unknown conversion specifier {rest[1]}"),
            };
            rest = rest[2..];
        }

        return ValueFormat.Format(_evaluation, value, rest.Length == 0 ? "" : Run(rest[1..], depth - 1));
    }

    private static int NameEnd(string field)
    {
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '[')
                i = field.IndexOf(']', i) is var close && close < 0 ? field.Length : close;
            else if (field[i] is '!' or ':')
                return i;
        }

        return field.Length;
    }

    private Value First(string name)
    {
        if (name.Length == 0)
        {
            if (_isNumbered)
                throw ValueException.Bad("cannot switch from manual field specification to automatic field numbering");
            return At(_next++);
        }

        if (int.TryParse(name, System.Globalization.NumberStyles.None, null, out var number))
        {
            if (_next > 0)
                throw ValueException.Bad("cannot switch from automatic field numbering to manual field specification");
            _isNumbered = true;
            return At(number);
        }

        if (_named.AsDict is { } dict && dict.TryGet(name, out var value))
            return value;
        throw new ValueException(ValueErrorKind.Key, $"the format's field '{name}' isn't given");
    }

    private Value At(int index) => index < _positional.Count
        ? _positional[index]
        : throw new ValueException(ValueErrorKind.Index, "Replacement index out of range for positional args tuple");
}
