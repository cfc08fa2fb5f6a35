using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Literals;

/// <summary>
/// Reads a text as a Python literal, as <c>ast.literal_eval</c> does: numbers, texts, bytes, tuples, lists, mappings, sets,
/// booleans, none, <c>...</c>. Anything else isn't one; that is no error.
/// </summary>
internal sealed class LiteralReader
{
    private const int MaximumDepth = 190;

    private readonly LiteralScanner _scanner;
    private int _depth;

    private LiteralReader(string text) => _scanner = new LiteralScanner(text);

    public static bool TryRead(string text, out Value value)
    {
        value = default;
        if (!MayBegin(text) || text.Contains('\0'))
            return false;
        try
        {
            var reader = new LiteralReader(text.Contains('\r') ? text.Replace("\r\n", "\n").Replace('\r', '\n') : text);
            return reader._scanner.Begin() && reader.TryReadItems('\0', out value, out _) && reader._scanner.AtEnd;
        }
        catch (ValueException)
        {
            // A list as a key, or a number with too many digits.
            return false;
        }
    }

    // Most texts aren't literals, and most of those show it in their first character.
    private static bool MayBegin(string text)
    {
        var first = text.AsSpan().TrimStart(" \t\n\r\f");
        return !first.IsEmpty && (char.IsAsciiDigit(first[0]) || "+-.'\"([{NTFsbBrRuU\\#".Contains(first[0]));
    }

    /// <summary>Reads items up to a closing bracket, or up to the text's end; without a comma it is the one item itself.</summary>
    private bool TryReadItems(char close, out Value value, out bool isPlainNumber)
    {
        value = default;
        isPlainNumber = false;
        var items = new List<Value>();
        var hasComma = false;
        while (!_scanner.Peek(close))
        {
            if (!TryReadItem(out var item, out isPlainNumber))
                return false;
            items.Add(item);
            if (!_scanner.Skip(','))
                break;
            hasComma = true;
        }

        if (close != '\0' && !_scanner.Skip(close))
            return false;
        if (items.Count == 0 && close == '\0')
            return false;
        value = items.Count == 1 && !hasComma ? items[0] : new TupleValue([.. items]);
        isPlainNumber &= !hasComma;
        return true;
    }

    /// <summary>An operand, or a real number plus or minus an imaginary one.</summary>
    private bool TryReadItem(out Value value, out bool isPlainNumber)
    {
        if (!TryReadSigned(out value, out isPlainNumber))
            return false;
        var minus = _scanner.Peek('-');
        if (!minus && !_scanner.Peek('+'))
            return true;
        _scanner.Skip(minus ? '-' : '+');
        isPlainNumber = false;
        if (value.Kind is not (ValueKind.Int or ValueKind.Float) || !TryReadAtom(out var right, out _) || right.AsObject is not ComplexValue imaginary)
            return false;
        var real = Numbers.ToDouble(value);
        value = new ComplexValue(minus ? new Complex(real, -imaginary.Number.Imaginary) : new Complex(real, imaginary.Number.Imaginary));
        return !_scanner.Peek('+') && !_scanner.Peek('-');
    }

    private bool TryReadSigned(out Value value, out bool isPlainNumber)
    {
        var minus = _scanner.Peek('-');
        if (!minus && !_scanner.Peek('+'))
            return TryReadAtom(out value, out isPlainNumber);
        _scanner.Skip(minus ? '-' : '+');
        if (!TryReadAtom(out value, out isPlainNumber) || !isPlainNumber)
            return false;
        isPlainNumber = false;
        if (minus)
            value = Negate(value);
        return true;
    }

    private bool TryReadAtom(out Value value, out bool isPlainNumber)
    {
        value = default;
        isPlainNumber = false;
        if (++_depth > MaximumDepth)
            return false;
        var read = _scanner.Current switch
        {
            '(' => _scanner.Open('(') && TryReadItems(')', out value, out isPlainNumber),
            '[' => _scanner.Open('[') && TryReadList(out value),
            '{' => _scanner.Open('{') && TryReadBraces(out value),
            '\'' or '"' => LiteralText.TryRead(_scanner, out value),
            '.' when _scanner.SkipWord("...") => Set(EllipsisValue.Instance, out value),
            >= '0' and <= '9' or '.' => isPlainNumber = LiteralNumber.TryRead(_scanner, out value),
            _ => TryReadWord(out value),
        };
        _depth--;
        return read;
    }

    private bool TryReadWord(out Value value)
    {
        value = default;
        if (_scanner.SkipName("None"))
            return true;
        if (_scanner.SkipName("True"))
            return Set(true, out value);
        if (_scanner.SkipName("False"))
            return Set(false, out value);
        if (_scanner.SkipName("set"))
            return _scanner.Open('(') && _scanner.Skip(')') && Set(new SetValue(), out value);
        return LiteralText.TryRead(_scanner, out value);
    }

    private bool TryReadList(out Value value)
    {
        var list = new ListValue();
        value = list;
        while (!_scanner.Peek(']'))
        {
            if (!TryReadItem(out var item, out _))
                return false;
            list.Elements.Add(item);
            if (!_scanner.Skip(','))
                break;
        }

        return _scanner.Skip(']');
    }

    private bool TryReadBraces(out Value value)
    {
        value = new DictValue();
        if (_scanner.Skip('}'))
            return true;
        if (!TryReadItem(out var first, out _))
            return false;
        return _scanner.Skip(':') ? TryReadDict(value.AsDict!, first) : TryReadSet(new SetValue(first), out value);
    }

    private bool TryReadDict(DictValue dict, Value key)
    {
        while (true)
        {
            if (!TryReadItem(out var item, out _))
                return false;
            dict[key] = item;
            if (!_scanner.Skip(',') || _scanner.Peek('}'))
                return _scanner.Skip('}');
            if (!TryReadItem(out key, out _) || !_scanner.Skip(':'))
                return false;
        }
    }

    private bool TryReadSet(SetValue set, out Value value)
    {
        value = set;
        while (_scanner.Skip(',') && !_scanner.Peek('}'))
        {
            if (!TryReadItem(out var item, out _))
                return false;
            set.Elements.TryAdd(item, default);
        }

        return _scanner.Skip('}');
    }

    private static Value Negate(in Value number)
    {
        if (number.TryGetFloat(out var real))
            return -real;
        return number.AsObject is ComplexValue complex ? new ComplexValue(-complex.Number) : Value.Of(-Numbers.ToInteger(number));
    }

    private static bool Set(Value from, out Value to)
    {
        to = from;
        return true;
    }
}
