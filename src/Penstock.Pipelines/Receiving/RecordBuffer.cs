using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>Writes records one after the other into one buffer.</summary>
internal sealed class RecordBuffer
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly List<(int Start, int Length)> _records = [];

    /// <summary>Adds a payload as a record.</summary>
    /// <param name="json">Valid JSON: an object becomes the record, any other value its member <c>_value</c>.</param>
    /// <param name="envelope">What is known beside it.</param>
    /// <param name="item">Its place in the array that came as one event; null if it was alone.</param>
    /// <exception cref="JsonException">The payload has the member <c>_event</c> twice.</exception>
    public void Add(ReadOnlySpan<byte> json, EventEnvelope envelope, int? item)
    {
        int start = Begin();
        if (json[0] != '{')
        {
            Write("\"_value\":"u8);
            JsonText.Compact(json, _buffer);
            End(start, envelope, item, default);
            return;
        }

        (Range member, Range value) = OwnEvent.Find(json);
        bool hasOwn = !member.Equals(default(Range));
        ReadOnlySpan<byte> body = json[1..^1];
        JsonText.Compact(hasOwn ? json[1..member.Start] : body, _buffer);
        if (hasOwn)
            JsonText.Compact(json[member.End..^1], _buffer);
        End(start, envelope, item, hasOwn ? json[value] : default);
    }

    /// <summary>Adds a payload that isn't JSON.</summary>
    public void AddRaw(ReadOnlySpan<byte> payload, EventEnvelope envelope)
    {
        int start = Begin();
        Write("\"_raw_base64\":\""u8);
        Base64.EncodeToUtf8(payload, _buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(payload.Length)), out _, out int written);
        _buffer.Advance(written);
        Write("\""u8);
        End(start, envelope, null, default);
    }

    /// <summary>Adds an event without a payload.</summary>
    public void AddEmpty(EventEnvelope envelope) => End(Begin(), envelope, null, default);

    /// <summary>The records so far.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Records() =>
        [.. _records.Select(record => _buffer.WrittenMemory.Slice(record.Start, record.Length))];

    private int Begin()
    {
        int start = _buffer.WrittenCount;
        Write("{"u8);
        return start;
    }

    private void End(int start, EventEnvelope envelope, int? item, ReadOnlySpan<byte> own)
    {
        ReadOnlySpan<byte> members = envelope.Members.Span;
        if (!members.IsEmpty || !own.IsEmpty)
        {
            Write(_buffer.WrittenCount - start > 1 ? ",\"_event\":{"u8 : "\"_event\":{"u8);
            Write(members);
            // An index says something only beside the event that it is an index in.
            if (!members.IsEmpty && item is { } index)
                WriteMember("item_index"u8, System.Text.Encoding.UTF8.GetBytes(index.ToString()), comma: true);
            if (!own.IsEmpty)
                WriteMember("own_event"u8, own, comma: !members.IsEmpty);
            Write("}"u8);
        }

        Write("}"u8);
        _records.Add((start, _buffer.WrittenCount - start));
    }

    private void WriteMember(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool comma)
    {
        Write(comma ? ",\""u8 : "\""u8);
        Write(name);
        Write("\":"u8);
        JsonText.Compact(value, _buffer);
    }

    private void Write(ReadOnlySpan<byte> text) => _buffer.Write(text);
}
