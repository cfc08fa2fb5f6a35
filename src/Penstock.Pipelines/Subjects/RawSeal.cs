using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Subjects;

/// <summary>
/// Encrypts the values at a stream's declared paths before a record is landed, and opens them again when it is transformed. A sealed
/// value is a text <c>penstock.sealed.SUBJECT.BASE64URL</c>; what it hides is the value's JSON, whatever its type.
/// </summary>
internal static class RawSeal
{
    /// <summary>Where the encryption begins; looked for before anything else, for most lines have none.</summary>
    private static ReadOnlySpan<byte> Prefix => "penstock.sealed."u8;

    private static readonly byte[][] Envelopes = ["payload"u8.ToArray(), "before"u8.ToArray(), "after"u8.ToArray(), "data"u8.ToArray()];

    /// <summary>Whether a line has a sealed value, or looks as if.</summary>
    public static bool IsIn(ReadOnlySpan<byte> json) => json.IndexOf(Prefix) >= 0;

    /// <summary>
    /// Writes a record with the values at the paths encrypted under its subject's key. What isn't a JSON object is encrypted as a whole.
    /// </summary>
    public static void Seal(ReadOnlySpan<byte> json, MaskNode paths, SubjectId subject, ReadOnlySpan<byte> key, ArrayBufferWriter<byte> output)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var splice = new Splice(json, output);
            var sealer = new Sealer(json, subject, key);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                sealer.Object(ref reader, paths, paths, ref splice);
                splice.Finish();
                return;
            }
        }
        catch (JsonException)
        {
            // Nobody knows what is personal in it.
        }

        output.ResetWrittenCount();
        output.Write(Text(Sealed.Seal(key, json, Encoding.ASCII.GetBytes(subject.ToString())), Encoding.ASCII.GetBytes(subject.ToString())));
    }

    /// <summary>The subjects whose keys are needed to open a record.</summary>
    public static List<SubjectId> SubjectsOf(ReadOnlySpan<byte> json)
    {
        var subjects = new List<SubjectId>();
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String && SubjectOf(reader.ValueSpan) is { } subject && !subjects.Contains(subject))
                    subjects.Add(subject);
            }
        }
        catch (JsonException)
        {
            // Then nothing of ours is in it: what we land is JSON.
            subjects.Clear();
        }

        return subjects;
    }

    /// <summary>Writes a record with its sealed values opened; one that can't be opened stays as it is.</summary>
    public static void Open(ReadOnlySpan<byte> json, IReadOnlyDictionary<SubjectId, byte[]?> keys, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json);
        var splice = new Splice(json, output);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && SubjectOf(reader.ValueSpan) is { } subject && keys.TryGetValue(subject, out byte[]? key) && key is not null
                && Open(reader.ValueSpan, subject, key) is { } value)
                splice.Replace(reader.TokenStartIndex, reader.BytesConsumed, value);
        }

        splice.Finish();
    }

    private static byte[] Text(byte[] sealedText, byte[] subject) =>
        [(byte)'"', .. Prefix, .. subject, (byte)'.', .. Encoding.ASCII.GetBytes(Base64Url.EncodeToString(sealedText)), (byte)'"'];

    private static SubjectId? SubjectOf(ReadOnlySpan<byte> text)
    {
        int dot = Prefix.Length + SubjectId.TextLength;
        if (!text.StartsWith(Prefix) || text.Length <= dot || text[dot] != (byte)'.')
            return null;
        Span<char> id = stackalloc char[SubjectId.TextLength];
        Encoding.Latin1.GetChars(text[Prefix.Length..dot], id);
        return SubjectId.Parse(id);
    }

    private static byte[]? Open(ReadOnlySpan<byte> text, SubjectId subject, byte[] key)
    {
        ReadOnlySpan<byte> encoded = text[(Prefix.Length + SubjectId.TextLength + 1)..];
        byte[] sealedText = new byte[Base64Url.GetMaxDecodedLength(encoded.Length)];
        return Base64Url.DecodeFromUtf8(encoded, sealedText, out _, out int length) == OperationStatus.Done
            ? Sealed.Open(key, sealedText.AsSpan(0, length), Encoding.ASCII.GetBytes(subject.ToString()))
            : null;
    }

    private readonly ref struct Sealer(ReadOnlySpan<byte> json, SubjectId subject, ReadOnlySpan<byte> key)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private readonly ReadOnlySpan<byte> _key = key;
        private readonly byte[] _subject = Encoding.ASCII.GetBytes(subject.ToString());

        public void Object(ref Utf8JsonReader reader, MaskNode? node, MaskNode? root, ref Splice splice)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                MaskNode? child = node?.Find(ref reader);
                bool isEnvelope = root is not null && IsEnvelope(ref reader);
                reader.Read();
                if (child is null && isEnvelope && reader.TokenType == JsonTokenType.StartObject)
                    Object(ref reader, root, root, ref splice);
                else
                    Value(ref reader, child, ref splice);
            }
        }

        private void Value(ref Utf8JsonReader reader, MaskNode? node, ref Splice splice)
        {
            if (node?.Rule is not null && reader.TokenType != JsonTokenType.Null)
            {
                long start = reader.TokenStartIndex;
                reader.Skip();
                byte[] sealedText = Sealed.Seal(_key, _json[(int)start..(int)reader.BytesConsumed], _subject);
                splice.Replace(start, reader.BytesConsumed, Text(sealedText, _subject));
            }
            else if (node is not null && reader.TokenType == JsonTokenType.StartObject)
                Object(ref reader, node, null, ref splice);
            else if (node is not null && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Value(ref reader, node, ref splice);
            }
            else
                reader.Skip();
        }

        private static bool IsEnvelope(ref Utf8JsonReader reader)
        {
            foreach (byte[] name in Envelopes)
            {
                if (reader.ValueTextEquals(name))
                    return true;
            }

            return false;
        }
    }
}
