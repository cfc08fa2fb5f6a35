using System.Buffers;
using System.Text.Json;

namespace Penstock.Pipelines.Masking;

/// <summary>
/// Masks records in one pass over their UTF-8, without a tree: what isn't masked is copied as it is. Not thread-safe: it is reused
/// from record to record.
/// </summary>
public sealed class RecordMask : IDisposable
{
    private readonly MaskNode _root;
    private readonly ValueMask _values;

    /// <summary>Makes a mask for one stream's records.</summary>
    /// <param name="mask">The rules.</param>
    /// <param name="key">The masking key; null if no rule needs one.</param>
    public RecordMask(StreamMask mask, MaskKey? key)
    {
        _root = MaskNode.Of(mask.Paths);
        _values = new ValueMask(key);
    }

    /// <summary>Writes a record with what is personal masked; false if it isn't an object.</summary>
    /// <param name="json">One JSON object in UTF-8.</param>
    /// <param name="output">Takes the masked record.</param>
    /// <exception cref="JsonException">It isn't JSON: what was written by then must be thrown away.</exception>
    public bool TryWrite(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json);
        var splice = new Splice(json, output);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        Mask(ref reader, _root, null, ref splice);
        if (reader.Read())
            throw new JsonException("Something follows the record.");
        splice.Finish();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    // A rule on an object or array holds for every value in it that has no rule of its own.
    private void Mask(ref Utf8JsonReader reader, MaskNode? node, MaskRule? outer, ref Splice splice)
    {
        MaskRule? rule = node?.Rule ?? outer;
        if (node is null && rule is null or KeepValue)
        {
            reader.Skip();
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when rule is RedactValue:
                long start = reader.TokenStartIndex;
                reader.Skip();
                splice.Replace(start, reader.BytesConsumed, "null"u8);
                break;
            case JsonTokenType.StartObject:
                MaskObject(ref reader, node, rule, ref splice);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Mask(ref reader, node, outer, ref splice);
                break;
            case JsonTokenType.Null:
                break;
            default:
                if (rule is not (null or KeepValue))
                    splice.Replace(reader.TokenStartIndex, reader.BytesConsumed, _values.Mask(ref reader, rule));
                break;
        }
    }

    private void MaskObject(ref Utf8JsonReader reader, MaskNode? node, MaskRule? rule, ref Splice splice)
    {
        bool hasKept = false, hasDropped = false;
        long keptEnd = reader.BytesConsumed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            long start = reader.TokenStartIndex;
            MaskNode? child = node?.Find(ref reader);
            reader.Read();
            if (child?.Rule is DropValue)
            {
                // With the comma before it; if it has none, the one after it goes with the next property that stays.
                splice.CopyTo(keptEnd);
                reader.Skip();
                splice.SkipTo(reader.BytesConsumed);
                hasDropped = true;
                continue;
            }

            if (hasDropped && !hasKept)
                splice.SkipTo(start);
            hasKept = true;
            if (child is null && rule is null or KeepValue)
                reader.Skip();
            else
                Mask(ref reader, child, rule, ref splice);
            keptEnd = reader.BytesConsumed;
        }
    }
}
