using System.Buffers;
using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Masking;

/// <summary>
/// Masks records in one pass over their UTF-8, without a tree: what isn't masked is copied as it is. Not thread-safe: it is reused
/// from record to record.
/// </summary>
public sealed class RecordMask : IDisposable
{
    private readonly MaskNode _root;
    private readonly ValueMask _values;
    private readonly MaskEdits _edits = new();

    /// <summary>Makes a mask for one stream's records.</summary>
    /// <param name="mask">The rules.</param>
    /// <param name="key">The masking key; null if no rule needs one.</param>
    public RecordMask(StreamMask mask, MaskKey? key)
    {
        _root = MaskNode.Of(mask.Paths);
        _values = new ValueMask(key, _edits);
    }

    /// <summary>Writes a record with what is personal masked; false, and nothing is written, if it isn't one JSON object.</summary>
    /// <param name="json">The record in UTF-8.</param>
    /// <param name="output">Takes the masked record.</param>
    /// <param name="isValid">Whether it is known to be one JSON object in UTF-8; else it is checked first.</param>
    /// <param name="areNamesOnce">Whether the record is known to have none of its members twice: then it isn't read behind the last one with a rule.</param>
    /// <exception cref="InvalidOperationException">A text to be masked is no Unicode: nothing is written.</exception>
    public bool TryWrite(ReadOnlySpan<byte> json, IBufferWriter<byte> output, bool isValid = false, bool areNamesOnce = false)
    {
        if (!isValid && JsonSkim.Problem(json) is not null)
            return false;
        _values.Begin();
        int at = JsonSkim.SkipSpace(json, 0);
        MaskObject(json, ref at, _root, null, areNamesOnce);
        _values.FinishTokens();
        _edits.Write(json, output);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    // A rule on an object or array holds for every value in it that has no rule of its own.
    private void Mask(ReadOnlySpan<byte> json, ref int at, MaskNode? node, MaskRule? outer)
    {
        MaskRule? rule = node?.Rule ?? outer;
        if (node is null && rule is null or KeepValue)
        {
            JsonSkim.SkipValue(json, ref at);
            return;
        }

        int start = at;
        switch (json[at])
        {
            case (byte)'{' or (byte)'[' when rule is RedactValue:
                JsonSkim.SkipValue(json, ref at);
                _edits.Replace(start, at, "null"u8);
                break;
            case (byte)'{':
                MaskObject(json, ref at, node, rule);
                break;
            case (byte)'[':
                MaskArray(json, ref at, node, outer);
                break;
            default:
                JsonSkim.SkipValue(json, ref at);
                if (rule is not (null or KeepValue) && json[start] != 'n')
                    _values.Mask(json[start..at], rule, start);
                break;
        }
    }

    private void MaskArray(ReadOnlySpan<byte> json, ref int at, MaskNode? node, MaskRule? outer)
    {
        at = JsonSkim.SkipSpace(json, at + 1);
        while (json[at] != ']')
        {
            Mask(json, ref at, node, outer);
            at = JsonSkim.SkipSpace(json, at);
            if (json[at] == ',')
                at = JsonSkim.SkipSpace(json, at + 1);
        }

        at++;
    }

    private void MaskObject(ReadOnlySpan<byte> json, ref int at, MaskNode? node, MaskRule? rule, bool areNamesOnce = false)
    {
        bool hasKept = false, hasDropped = false;
        int missing = node?.Children ?? 0;
        int keptEnd = ++at, expected = 0, begin = at;
        at = JsonSkim.SkipSpace(json, at);
        while (json[at] != '}')
        {
            int start = at;
            JsonSkim.SkipText(json, ref at);
            MaskNode? child = node?.Find(json[(start + 1)..(at - 1)], ref expected);
            at = JsonSkim.SkipSpace(json, JsonSkim.SkipSpace(json, at) + 1);
            if (child?.Rule is DropValue)
            {
                // With the comma before it; if it has none, the one after it goes with the next property that stays.
                JsonSkim.SkipValue(json, ref at);
                _edits.Cut(keptEnd, at);
                hasDropped = true;
            }
            else
            {
                if (hasDropped && !hasKept)
                    _edits.Cut(begin, start);
                hasKept = true;
                Mask(json, ref at, child, rule);
                keptEnd = at;
                // What follows is copied as it is.
                if (areNamesOnce && child is not null && --missing == 0)
                    return;
            }

            at = JsonSkim.SkipSpace(json, at);
            if (json[at] == ',')
                at = JsonSkim.SkipSpace(json, at + 1);
        }

        at++;
    }
}
