using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Penstock.Pipelines.Masking;

/// <summary>Masks single values. What a rule can't be applied to, such as a text that should be a date, is redacted: nothing passes unmasked.</summary>
/// <param name="key">The masking key; null if no rule needs one.</param>
internal sealed class ValueMask(MaskKey? key) : IDisposable
{
    private readonly HashToken? _tokens = key is null ? null : new HashToken(key);
    private readonly byte[] _token = [(byte)'"', .. new byte[HashToken.MaxBytes]];
    private readonly ArrayBufferWriter<byte> _json = new(256);
    private byte[] _unescaped = new byte[256];

    /// <summary>The JSON that takes a value's place, valid until the next call.</summary>
    /// <param name="reader">Stands at a text, a number, true or false.</param>
    /// <param name="rule">Not one that keeps or drops.</param>
    public ReadOnlySpan<byte> Mask(scoped ref Utf8JsonReader reader, MaskRule rule) => rule switch
    {
        HashValue hash => Token(ref reader, hash),
        RedactValue => Redacted(reader.TokenType),
        PartialValue partial => Quoted(PartialText.Of(Encoding.UTF8.GetString(Text(ref reader)), partial)),
        GeneraliseText prefix => Quoted(Prefix(Encoding.UTF8.GetString(Text(ref reader)).Trim(), prefix.Prefix)),
        GeneraliseDate date => Date(ref reader, date.Unit),
        GeneraliseNumber number => Bucket(ref reader, number.Bucket),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Name, "Not a rule for single values."),
    };

    public void Dispose() => _tokens?.Dispose();

    private static ReadOnlySpan<byte> Redacted(JsonTokenType type) => type == JsonTokenType.String ? "\"***\""u8 : "null"u8;

    private ReadOnlySpan<byte> Token(scoped ref Utf8JsonReader reader, HashValue rule)
    {
        if (_tokens is null)
            throw new InvalidOperationException("A hash needs the masking key.");
        int length = _tokens.Write(Text(ref reader), rule, _token.AsSpan(1));
        _token[length + 1] = (byte)'"';
        return _token.AsSpan(0, length + 2);
    }

    private ReadOnlySpan<byte> Date(scoped ref Utf8JsonReader reader, DateUnit unit)
    {
        if (reader.TokenType == JsonTokenType.String)
            return CoarseDate.Of(Encoding.UTF8.GetString(Text(ref reader)), unit) is { } text ? Quoted(text) : Redacted(reader.TokenType);
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out decimal number) && CoarseDate.Of(number, unit) is { } begin
            ? Plain(begin.ToString(CultureInfo.InvariantCulture))
            : Redacted(reader.TokenType);
    }

    private ReadOnlySpan<byte> Bucket(scoped ref Utf8JsonReader reader, decimal width)
    {
        if (!decimal.TryParse(Text(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) || Math.Abs(number) > 1e20m)
            return Redacted(reader.TokenType);
        string lower = (Math.Floor(number / width) * width).ToString(CultureInfo.InvariantCulture);
        return reader.TokenType == JsonTokenType.String ? Quoted(lower) : Plain(lower);
    }

    private static string Prefix(string text, int length) => string.Concat(text.EnumerateRunes().Take(length).Select(rune => rune.ToString()));

    private ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        if (_unescaped.Length < reader.ValueSpan.Length)
            _unescaped = new byte[reader.ValueSpan.Length * 2];
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
