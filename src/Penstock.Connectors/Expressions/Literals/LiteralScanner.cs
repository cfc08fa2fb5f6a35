namespace Penstock.Connectors.Expressions.Literals;

/// <summary>
/// The characters of a literal. Blanks, comments and continued lines don't count; line ends don't count inside of brackets.
/// </summary>
internal sealed class LiteralScanner(string text)
{
    private int _open;

    public string Text => text;

    public int Position { get; set; }

    /// <summary>The character at hand; NUL at the end.</summary>
    public char Current => Position < text.Length ? text[Position] : '\0';

    /// <summary>Whether only empty lines are left. Blanks alone are no line: Python takes them for an indentation.</summary>
    public bool AtEnd
    {
        get
        {
            while (Current == '\n')
            {
                Position++;
                if (SkipIndentation() && Position == text.Length)
                    return false;
                if (Current == '#')
                    SkipBlanks();
            }

            return Position == text.Length;
        }
    }

    /// <summary>Goes to the first item, over empty lines and comments. Its line must not be indented, but for the very first.</summary>
    public bool Begin()
    {
        while (Current is ' ' or '\t')
            Position++;
        while (true)
        {
            var isIndented = SkipIndentation();
            if (Current == '#')
                SkipBlanks();
            if (Current != '\n')
                return !isIndented;
            Position++;
        }
    }

    /// <summary>Whether this character is next; NUL never is.</summary>
    public bool Peek(char c) => c != '\0' ? Current == c : Position >= text.Length || Current == '\n';

    public bool Skip(char c)
    {
        if (Current != c || Position >= text.Length)
            return false;
        Position++;
        if (c is ')' or ']' or '}')
            _open--;
        SkipBlanks();
        return true;
    }

    /// <summary>Takes an opening bracket.</summary>
    public bool Open(char c)
    {
        if (Current != c)
            return false;
        Position++;
        _open++;
        SkipBlanks();
        return true;
    }

    /// <summary>Takes a word, whatever follows.</summary>
    public bool SkipWord(string word)
    {
        if (string.CompareOrdinal(text, Position, word, 0, word.Length) != 0)
            return false;
        Position += word.Length;
        SkipBlanks();
        return true;
    }

    /// <summary>Takes a word that isn't the beginning of a longer one.</summary>
    public bool SkipName(string name)
    {
        var after = Position + name.Length;
        return !(after < text.Length && (char.IsLetterOrDigit(text[after]) || text[after] is '_' or '\'' or '"')) && SkipWord(name);
    }

    private bool SkipIndentation()
    {
        var isIndented = false;
        for (; ; Position++)
        {
            if (Current is ' ' or '\t')
                isIndented = true;
            else if (Current == '\f')
                isIndented = false;
            else if (Current == '\\' && Position + 1 < text.Length && text[Position + 1] == '\n')
                Position++;
            else
                return isIndented;
        }
    }

    public void SkipBlanks()
    {
        while (Position < text.Length)
        {
            var c = text[Position];
            if (c is ' ' or '\t' or '\f' || (c == '\n' && _open > 0))
                Position++;
            else if (c == '\\' && Position + 2 < text.Length && text[Position + 1] == '\n')
                Position += 2;
            else if (c == '#')
                Position = text.IndexOf('\n', Position) is var end && end < 0 ? text.Length : end;
            else
                return;
        }
    }
}
