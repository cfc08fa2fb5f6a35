using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Formats;

/// <summary>Reads a format specification.</summary>
internal sealed class FormatSpecReader(string text)
{
    private int _position;

    public static FormatSpec Read(string text) => new FormatSpecReader(text).Run();

    private FormatSpec Run()
    {
        var (fill, align) = FillAndAlign();
        var spec = new FormatSpec { Fill = fill, Align = align };
        if (Take("+- ") is { } sign)
            spec = spec with { Sign = sign };
        if (Take("z") is not null)
            spec = spec with { NoNegativeZero = true };
        if (Take("#") is not null)
            spec = spec with { Alternate = true };
        if (Take("0") is not null)
            spec = spec with { Fill = align == '\0' && fill == " " ? "0" : fill == " " ? "0" : fill, Align = align == '\0' ? '=' : align };
        spec = spec with { Width = Number() ?? 0 };
        if (Take(",_") is { } grouping)
            spec = spec with { Grouping = grouping };
        if (Take(".") is not null)
            spec = spec with { Precision = Number() ?? throw ValueException.Bad("Format specifier missing precision") };
        if (_position < text.Length)
            spec = spec with { Type = text[_position++] };
        return _position == text.Length ? spec : throw ValueException.Bad("Invalid format specifier");
    }

    private (string Fill, char Align) FillAndAlign()
    {
        var width = text.Length > 0 ? CodePoints.Width(text, 0) : 0;
        if (text.Length > width && text[width] is '<' or '>' or '=' or '^' && width > 0)
        {
            _position = width + 1;
            return (text[..width], text[width]);
        }

        return (" ", Take("<>=^") ?? '\0');
    }

    private char? Take(string any)
    {
        if (_position < text.Length && any.Contains(text[_position]))
            return text[_position++];
        return null;
    }

    private int? Number()
    {
        var start = _position;
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            _position++;
        if (start == _position)
            return null;
        return int.TryParse(text.AsSpan(start, _position - start), out var number) ? number : throw ValueException.Bad("Too many decimal digits in format string");
    }
}
