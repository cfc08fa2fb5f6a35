using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>
/// Splits a template into tokens as Jinja's lexer does: data, <c>{{ }}</c>, <c>{% %}</c>, <c>{# #}</c>, raw blocks, and the
/// white space control of <c>-</c> and <c>+</c>. A tag's end counts only where brackets are balanced.
/// </summary>
internal sealed class Lexer(string source)
{
    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _open = [];
    private int _position;

    public static IReadOnlyList<Token> Tokenize(string source) => new Lexer(source).Run();

    private List<Token> Run()
    {
        while (_position < source.Length)
            ReadData();
        Add(TokenKind.End, string.Empty, source.Length);
        return _tokens;
    }

    private void ReadData()
    {
        var begin = FindTag(_position);
        if (begin < 0)
        {
            AddData(source[_position..]);
            _position = source.Length;
            return;
        }

        var data = source[_position..begin];
        var kind = source[begin + 1];
        _position = begin + 2;
        var sign = ReadSign();
        AddData(sign == '-' ? PythonSpace.TrimEnd(data) : data);
        if (kind == '#')
            SkipComment(begin);
        else if (kind == '%' && RawBlock.TryEnter(source, _position, out var contentStart))
            ReadRaw(begin, contentStart);
        else
            ReadTag(begin, kind == '%');
    }

    private char ReadSign()
    {
        if (_position >= source.Length || source[_position] is not ('-' or '+'))
            return '\0';
        return source[_position++];
    }

    private int FindTag(int from)
    {
        for (var i = source.IndexOf('{', from); i >= 0 && i + 1 < source.Length; i = source.IndexOf('{', i + 1))
        {
            if (source[i + 1] is '{' or '%' or '#')
                return i;
        }

        return -1;
    }

    private void SkipComment(int begin)
    {
        var end = source.IndexOf("#}", _position, StringComparison.Ordinal);
        if (end < 0)
            throw new SyntaxException("a comment has no end '#}'", begin);
        // The sign belongs to the end only if it isn't also the begin's.
        var strips = end > _position && source[end - 1] == '-';
        _position = end + 2;
        if (strips)
            _position = PythonSpace.Skip(source, _position);
    }

    private void ReadRaw(int begin, int contentStart)
    {
        if (!RawBlock.TryFindEnd(source, contentStart, out var content, out var after))
            throw new SyntaxException("a raw block has no end", begin);
        AddData(content);
        _position = after;
    }

    private void ReadTag(int begin, bool block)
    {
        Add(block ? TokenKind.BlockBegin : TokenKind.VariableBegin, source.Substring(begin, 2), begin);
        while (!TryReadTagEnd(block))
        {
            if (_position >= source.Length)
                return;
            ReadToken();
        }
    }

    private bool TryReadTagEnd(bool block)
    {
        if (_open.Count > 0)
            return false;
        var end = block ? "%}" : "}}";
        var rest = source.AsSpan(_position);
        var strips = rest.StartsWith("-" + end, StringComparison.Ordinal);
        var signed = strips || (block && rest.StartsWith("+" + end, StringComparison.Ordinal));
        if (!signed && !rest.StartsWith(end, StringComparison.Ordinal))
            return false;
        Add(block ? TokenKind.BlockEnd : TokenKind.VariableEnd, end, _position);
        _position += signed ? 3 : 2;
        if (strips)
            _position = PythonSpace.Skip(source, _position);
        return true;
    }

    private void ReadToken()
    {
        var c = source[_position];
        if (PythonSpace.Is(c))
            _position = PythonSpace.Skip(source, _position);
        else if (char.IsAsciiDigit(c))
            ReadNumber();
        else if (NameCharacters.Length(source, _position) is var length and > 0)
            ReadName(length);
        else if (c is '\'' or '"')
            ReadText(c);
        else
            ReadOperator();
    }

    private void ReadNumber()
    {
        var start = _position;
        var (value, length) = NumberToken.Read(source, start);
        _position += length;
        _tokens.Add(new Token(TokenKind.Number, source.Substring(start, length), value, start));
    }

    private void ReadName(int length)
    {
        var name = source.Substring(_position, length);
        if (!NameCharacters.CanStart(name))
            throw new SyntaxException("a name has a character that names can't have", _position);
        Add(TokenKind.Name, name, _position);
        _position += length;
    }

    private void ReadText(char quote)
    {
        var start = _position;
        var end = start + 1;
        while (end < source.Length && source[end] != quote)
            end += source[end] == '\\' ? 2 : 1;
        if (end >= source.Length)
            throw new SyntaxException("a text has no closing quote", start);
        var body = source[(start + 1)..end];
        if (!TextEscapes.TryDecode(body, backslashBeforeNonAscii: true, out var text, out var error))
            throw new SyntaxException(error, start);
        _tokens.Add(new Token(TokenKind.Text, body, text, start));
        _position = end + 1;
    }

    private void ReadOperator()
    {
        var symbol = Operators.Read(source, _position)
            ?? throw new SyntaxException($"unexpected character '{source[_position]}'", _position);
        if (symbol is "(" or "[" or "{")
            _open.Push(symbol[0] switch { '(' => ')', '[' => ']', _ => '}' });
        else if (symbol is ")" or "]" or "}" && (!_open.TryPop(out var expected) || expected != symbol[0]))
            throw new SyntaxException($"unexpected '{symbol}'", _position);
        Add(TokenKind.Operator, symbol, _position);
        _position += symbol.Length;
    }

    private void AddData(string data)
    {
        if (data.Length > 0)
            Add(TokenKind.Data, data, _position);
    }

    private void Add(TokenKind kind, string text, int offset) => _tokens.Add(new Token(kind, text, Value.None, offset));
}
