using System.Globalization;
using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Regexes;

/// <summary>Rewrites a pattern of Python's <c>re</c> for .NET, and refuses what only .NET knows.</summary>
internal sealed class RegexTranslator
{
    private const string Pair = "[\\ud800-\\udbff][\\udc00-\\udfff]";

    private readonly string _source;
    private readonly StringBuilder _target = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Stack<int> _open = [];
    private int _position;
    private int _groups;

    // Where the part begins in the target that a quantifier would repeat.
    private int _atom;

    private readonly bool _wide;

    private RegexTranslator(string source, bool wide) => (_source, _wide) = (source, wide);

    /// <summary>Translates a pattern.</summary>
    /// <param name="source">The pattern.</param>
    /// <param name="wide">Whether the texts may have code points of two UTF-16 units, which <c>.</c> and <c>[^x]</c> must match whole.</param>
    public static (string Pattern, IReadOnlyDictionary<string, int> Names, int GroupCount) Translate(string source, bool wide)
    {
        var translator = new RegexTranslator(source, wide);
        while (translator._position < source.Length)
            translator.Next();
        return (translator._target.ToString(), translator._names, translator._groups);
    }

    private void Next()
    {
        var c = _source[_position];
        if (c is not ('*' or '+' or '?' or '{' or ')'))
            _atom = _target.Length;
        switch (c)
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                CharacterClass();
                break;
            case '(':
                _open.Push(_atom);
                Group();
                break;
            case ')':
                _atom = _open.TryPop(out var start) ? start : _target.Length;
                _target.Append(c);
                _position++;
                break;
            case '{':
                Braces();
                break;
            case '.' when _wide:
                _position++;
                _target.Append("(?:" + Pair + "|.)");
                break;
            case '*' or '+' or '?':
                _position++;
                Quantifier(c.ToString());
                break;
            default:
                _target.Append(c);
                _position++;
                break;
        }
    }

    // A quantifier with a plus behind it is possessive, which .NET spells as an atomic group around what is repeated.
    private void Quantifier(string quantifier)
    {
        _target.Append(quantifier);
        if (Peek('?'))
        {
            _target.Append(_source[_position++]);
        }
        else if (Peek('+'))
        {
            _position++;
            _target.Insert(_atom, "(?>").Append(')');
        }
    }

    private void Braces()
    {
        var close = _source.IndexOf('}', _position);
        var inside = close < 0 ? "" : _source[(_position + 1)..close];
        var parts = inside.Split(',');
        var isQuantifier = close >= 0 && inside.Length > 0 && parts.Length <= 2 && parts.All(p => p.All(char.IsAsciiDigit)) && parts.Any(p => p.Length > 0);
        if (!isQuantifier && inside != ",")
        {
            _atom = _target.Length;
            _target.Append(@"\{");
            _position++;
            return;
        }

        _position = close + 1;
        Quantifier(parts.Length == 1 ? $"{{{parts[0]}}}" : $"{{{(parts[0].Length == 0 ? "0" : parts[0])},{parts[1]}}}");
    }

    private void Group()
    {
        if (!_source.AsSpan(_position).StartsWith("(?"))
        {
            _groups++;
            _target.Append('(');
            _position++;
            return;
        }

        var rest = _source.AsSpan(_position + 2);
        if (rest.StartsWith("P<"))
            NamedGroup();
        else if (rest.StartsWith("P=") && _open.Pop() >= 0)
            Copy(')', 4, name => $"(?:\\{Number(name)})");
        else if (rest.StartsWith("P"))
            throw Bad("unknown extension ?P");
        else if (rest.StartsWith("#") && _open.Pop() >= 0)
            Copy(')', 3, _ => string.Empty);
        else if (rest.StartsWith("("))
            Copy(')', 3, name => $"(?({Number(name)})");
        else if (rest.StartsWith("<=") || rest.StartsWith("<!"))
            CopyStart(4);
        else if (rest.StartsWith(":") || rest.StartsWith("=") || rest.StartsWith("!") || rest.StartsWith(">"))
            CopyStart(3);
        else
            Flags();
    }

    private void NamedGroup()
    {
        var end = _source.IndexOf('>', _position);
        if (end < 0)
            throw Bad("missing >, unterminated name");
        var name = _source[(_position + 4)..end];
        if (!Texts.TextKinds.IsIdentifier(name) || !_names.TryAdd(name, ++_groups))
            throw Bad("bad or repeated group name");
        _target.Append('(');
        _position = end + 1;
    }

    private void Flags()
    {
        var end = _source.AsSpan(_position).IndexOfAny(':', ')');
        var flags = end < 0 ? "" : _source.Substring(_position + 2, end - 2);
        if (end < 0 || flags.Length == 0 || !flags.All("imsxau-".Contains))
            throw Bad("unknown extension or flag");
        var isGlobal = _source[_position + end] == ')';
        if (isGlobal && (_position > 0 || flags.Contains('-')))
            throw Bad("global flags not at the start of the expression");
        var known = flags.Replace("a", "").Replace("u", "");
        if (isGlobal)
            _open.Pop();
        if (known.Length > 0 && known != "-")
            _target.Append("(?").Append(known).Append(isGlobal ? ")" : ":");
        else if (!isGlobal)
            _target.Append("(?:");
        _position += end + 1;
    }

    private void CharacterClass()
    {
        var isWide = _wide && _position + 1 < _source.Length && _source[_position + 1] == '^';
        _target.Append(isWide ? "(?:" + Pair + "|[" : "[");
        _position++;
        if (Peek('^'))
            _target.Append(_source[_position++]);
        // A bracket right at the beginning is a member.
        for (var first = true; first || !Peek(']'); first = false)
        {
            if (_position >= _source.Length)
                throw Bad("unterminated character set");
            if (_source[_position] == '\\')
                Escape(inClass: true);
            else if (_source[_position] is '[' or ']')
                _target.Append('\\').Append(_source[_position++]);
            else
                _target.Append(_source[_position++]);
        }

        _position++;
        _target.Append(isWide ? "])" : "]");
    }

    private void Escape(bool inClass)
    {
        if (_position + 1 >= _source.Length)
            throw Bad("bad escape (end of pattern)");
        var c = _source[_position + 1];
        _position += 2;
        if (c == 'Z' && !inClass)
            _target.Append(@"\z");
        else if (c is 'A' or 'B' or 'b' or 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'a' or 'f' or 'n' or 'r' or 't' or 'v')
            _target.Append(inClass && c is 'A' or 'B' ? throw Bad("bad escape") : "\\" + c);
        else if (c is 'x' or 'u' or 'U')
            Code(c switch { 'x' => 2, 'u' => 4, _ => 8 });
        else if (char.IsAsciiLetter(c))
            throw Bad($"bad escape \\{c}");
        else if (char.IsAsciiDigit(c))
            Digits(c, inClass);
        else if (c < 128)
            _target.Append('\\').Append(c);
        else
            _target.Append(c);
    }

    private void Code(int digits)
    {
        if (_position + digits > _source.Length
            || !int.TryParse(_source.AsSpan(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10ffff)
            throw Bad("incomplete escape");
        _position += digits;
        _target.Append(code <= 0xffff ? $"\\u{code:x4}" : char.ConvertFromUtf32(code));
    }

    private void Digits(char first, bool inClass)
    {
        var length = 1;
        while (length < 3 && _position - 1 + length < _source.Length && char.IsAsciiDigit(_source[_position - 1 + length]))
            length++;
        var digits = _source.Substring(_position - 1, length);
        var isOctal = first == '0' || inClass || (digits.Length == 3 && digits.All(d => d is >= '0' and <= '7'));
        if (isOctal)
        {
            var octal = new string([.. digits.TakeWhile(d => d is >= '0' and <= '7')]);
            if (octal.Length == 0)
                throw Bad("bad escape");
            _target.Append($"\\u{Convert.ToInt32(octal, 8):x4}");
            _position += octal.Length - 1;
            return;
        }

        var number = digits[..Math.Min(2, digits.Length)];
        if (int.Parse(number, CultureInfo.InvariantCulture) > _groups)
            throw Bad("invalid group reference");
        _target.Append($"(?:\\{number})");
        _position += number.Length - 1;
    }

    private void CopyStart(int length)
    {
        _target.Append(_source, _position, length);
        _position += length;
    }

    private void Copy(char end, int skip, Func<string, string> replace)
    {
        var close = _source.IndexOf(end, _position);
        if (close < 0)
            throw Bad("missing ), unterminated");
        _target.Append(replace(_source[(_position + skip)..close]));
        _position = close + 1;
    }

    private int Number(string name)
    {
        if (_names.TryGetValue(name, out var number))
            return number;
        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && number <= _groups
            ? number
            : throw Bad("unknown group name");
    }

    private bool Peek(char c) => _position < _source.Length && _source[_position] == c;

    private static ValueException Bad(string reason) => new(ValueErrorKind.Regex, $"a regular expression can't be compiled: {reason}");
}
