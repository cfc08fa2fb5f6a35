using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Penstock.Pipelines.Masking;

/// <summary>Masks single values. What a rule can't be applied to, such as a text that should be a date, is redacted: nothing passes unmasked.</summary>
/// <param name="key">The masking key; null if no rule needs one.</param>
/// <param name="edits">Takes what comes in the values' places.</param>
internal sealed class ValueMask(MaskKey? key, MaskEdits edits) : IDisposable
{
    private readonly HashToken? _tokens = key is null ? null : new HashToken(key);
    private readonly ArrayBufferWriter<byte> _json = new(256);
    private byte[] _unescaped = new byte[256];

    /// <summary>Begins a record: of one that couldn't be masked nothing is left.</summary>
    public void Begin()
    {
        edits.Clear();
        _tokens?.Clear();
    }

    /// <summary>Puts what it may be in a value's place; tokens are there after <see cref="FinishTokens"/>.</summary>
    /// <param name="value">A text with its quotes, a number, true or false.</param>
    /// <param name="rule">Not one that keeps or drops.</param>
    /// <param name="at">Where the value begins in its record.</param>
    /// <exception cref="InvalidOperationException">The text is no Unicode.</exception>
    public void Mask(ReadOnlySpan<byte> value, MaskRule rule, int at)
    {
        if (rule is HashValue hash)
            Token(value, hash, at);
        else
            edits.Replace(at, at + value.Length, Masked(value, rule));
    }

    /// <summary>Makes the tokens that are still to come.</summary>
    public void FinishTokens() => _tokens?.Finish(edits);

    private ReadOnlySpan<byte> Masked(ReadOnlySpan<byte> value, MaskRule rule) => rule switch
    {
        RedactValue => Redacted(value),
        PartialValue partial => Partial(Text(value), partial),
        GeneraliseText prefix => Quoted(Prefix(Encoding.UTF8.GetString(Text(value)).Trim(), prefix.Prefix)),
        GeneraliseDate date => Date(value, date.Unit),
        GeneraliseNumber number => Bucket(value, number.Bucket),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Name, "Not a rule for single values."),
    };

    public void Dispose() => _tokens?.Dispose();

    private static bool IsText(ReadOnlySpan<byte> value) => value[0] == '"';

    private static ReadOnlySpan<byte> Redacted(ReadOnlySpan<byte> value) => IsText(value) ? "\"***\""u8 : "null"u8;

    private void Token(ReadOnlySpan<byte> value, HashValue rule, int at)
    {
        if (_tokens is null)
            throw new InvalidOperationException("A hash needs the masking key.");
        int length = _tokens.Length + 2;
        int place = edits.Later(at, at + value.Length, length);
        Span<byte> text = edits.TextAt(place, length);
        (text[0], text[^1]) = ((byte)'"', (byte)'"');
        _tokens.Add(Text(value), rule, place + 1, edits);
    }

    private ReadOnlySpan<byte> Partial(ReadOnlySpan<byte> text, PartialValue rule)
    {
        Span<byte> quoted = stackalloc byte[PartialDigits.MostBytes + 2];
        if (PartialDigits.Write(text, rule.Kind, quoted[1..]) is not (> 0 and int length))
            return Quoted(PartialText.Of(Encoding.UTF8.GetString(text), rule));
        (quoted[0], quoted[length + 1]) = ((byte)'"', (byte)'"');
        _json.ResetWrittenCount();
        _json.Write(quoted[..(length + 2)]);
        return _json.WrittenSpan;
    }

    private ReadOnlySpan<byte> Date(ReadOnlySpan<byte> value, DateUnit unit)
    {
        if (IsText(value))
            return CoarseDate.Of(Encoding.UTF8.GetString(Text(value)), unit) is { } text ? Quoted(text) : Redacted(value);
        return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && CoarseDate.Of(number, unit) is { } begin
            ? Plain(begin.ToString(CultureInfo.InvariantCulture))
            : Redacted(value);
    }

    private ReadOnlySpan<byte> Bucket(ReadOnlySpan<byte> value, decimal width)
    {
        if (!decimal.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) || Math.Abs(number) > 1e20m)
            return Redacted(value);
        string lower = (Math.Floor(number / width) * width).ToString(CultureInfo.InvariantCulture);
        return IsText(value) ? Quoted(lower) : Plain(lower);
    }

    private static string Prefix(string text, int length) => string.Concat(text.EnumerateRunes().Take(length).Select(rune => rune.ToString()));

    private ReadOnlySpan<byte> Text(ReadOnlySpan<byte> value)
    {
        if (!IsText(value))
            return value;
        if (!value.Contains((byte)'\\'))
            return value[1..^1];
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (_unescaped.Length < value.Length)
            _unescaped = new byte[value.Length * 2];
        return _unescaped.AsSpan(0, reader.CopyString(_unescaped));
    }

    private ReadOnlySpan<byte> Plain(string json)
    {
        _json.ResetWrittenCount();
        Encoding.UTF8.GetBytes(json, _json);
        return _json.WrittenSpan;
    }

    private ReadOnlySpan<byte> Quoted(string text)
    {
        _json.ResetWrittenCount();
        _json.Write("\""u8);
        Encoding.UTF8.GetBytes(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text), _json);
        _json.Write("\""u8);
        return _json.WrittenSpan;
    }
}
