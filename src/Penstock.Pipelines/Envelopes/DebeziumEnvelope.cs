using System.Buffers;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Envelopes;

/// <summary>
/// Takes rows out of Debezium's change events (https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-events),
/// with schema (<c>{"schema":…,"payload":…}</c>) or without. Not thread-safe.
/// </summary>
/// <param name="setsVersion">Whether the event's place in the source's log is the version: the pipeline names no field for it.</param>
internal sealed class DebeziumEnvelope(bool setsVersion)
{
    private enum Field
    {
        Payload, Event, Key, Op, Before, After, Source, PayloadOp, PayloadBefore, PayloadAfter, PayloadSource,
    }

    private static readonly FieldFinder Fields = new(
    [
        ["payload"], ["_event"], ["_event", "partition_key"], ["op"], ["before"], ["after"], ["source"],
        ["payload", "op"], ["payload", "before"], ["payload", "after"], ["payload", "source"],
    ]);

    private readonly Range[] _values = new Range[Fields.Count];
    private readonly DebeziumSource _source = new();

    /// <summary>Whether a valid record is such an event: it has an operation, a source, and a row before or after.</summary>
    public static bool Is(ReadOnlySpan<byte> record)
    {
        if (record.IndexOf("\"op\""u8) < 0 || record.IndexOf("\"source\""u8) < 0)
            return false;
        Span<Range> values = stackalloc Range[Fields.Count];
        Fields.Find(record, values);
        return IsOperation(record[values[(int)Field.Op]]) && Has(values, Field.Source) && (Has(values, Field.Before) || Has(values, Field.After))
            || IsOperation(record[values[(int)Field.PayloadOp]]) && Has(values, Field.PayloadSource);
    }

    /// <summary>Writes the row, or says what becomes of the event.</summary>
    public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
    {
        Fields.Find(record, _values);
        bool isWrapped = Has(_values, Field.Payload) && Is(record, Field.Payload, (byte)'{');
        ReadOnlySpan<byte> op = Value(record, isWrapped ? Field.PayloadOp : Field.Op);
        if (op.IsEmpty)
            return Tombstone(context, record, rewritten);
        ReadOnlySpan<byte> before = Value(record, isWrapped ? Field.PayloadBefore : Field.Before);
        ReadOnlySpan<byte> after = Value(record, isWrapped ? Field.PayloadAfter : Field.After);
        Place(context, Value(record, isWrapped ? Field.PayloadSource : Field.Source));
        switch (JsonSkim.Text(op))
        {
            case "c" or "u" or "r" when IsObject(after):
                return Write(record, after, rewritten);
            case "d":
                context.IsDeletion = true;
                return IsObject(before) ? Write(record, before, rewritten) : Tombstone(context, record, rewritten);
            // A message that the application wrote into the log: no row.
            case "m":
                return StepResult.LeftOut;
            case "t":
                return SetAside("op", "The table was truncated: every row of it is gone. Delete the curated table and replay what came after it.");
            case "c" or "u" or "r":
                return SetAside("after", "The event has no row after the change.");
            default:
                return SetAside("op", "The operation isn't one of c, u, d, r, t and m.");
        }
    }

    private void Place(RecordContext context, ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty || source[0] != '{')
            return;
        _source.Read(source);
        context.ValidFrom = _source.At;
        if (setsVersion)
            context.Version = _source.Version;
    }

    // Kafka's tombstone, which follows a deletion, has no payload: what it deletes is the event's key, if that says it.
    private StepResult Tombstone(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
    {
        byte[] key = Value(record, Field.Key) is { IsEmpty: false } text && text[0] == '"' ? JsonSkim.Inside(text).ToArray() : [];
        if (key.Length == 0 || JsonSkim.Problem(key) is not null)
        {
            return context.IsDeletion ? SetAside("before", "The event deletes a row, but has neither the row before nor its key. Set REPLICA IDENTITY, or send the key.")
                : IsEmpty(record) ? StepResult.LeftOut
                : SetAside("op", "The record isn't a Debezium event: it has no operation.");
        }

        Span<Range> inner = stackalloc Range[Fields.Count];
        Fields.Find(key, inner);
        context.IsDeletion = true;
        return Write(record, Has(inner, Field.Payload) ? key.AsSpan()[inner[(int)Field.Payload]] : key, rewritten);
    }

    // Nothing but what the transport said.
    private bool IsEmpty(ReadOnlySpan<byte> record) =>
        Value(record, Field.Event) is { IsEmpty: false } transport && record.Length - transport.Length <= "{\"_event\":}".Length;

    // The row, with what the transport said of the event.
    private StepResult Write(ReadOnlySpan<byte> record, ReadOnlySpan<byte> row, IBufferWriter<byte> rewritten)
    {
        ReadOnlySpan<byte> transport = Value(record, Field.Event);
        if (transport.IsEmpty)
        {
            rewritten.Write(row);
            return StepResult.Rewritten;
        }

        ReadOnlySpan<byte> open = row[..^1].TrimEnd(" \t\r"u8);
        rewritten.Write(open);
        rewritten.Write(open[^1] == '{' ? "\"_event\":"u8 : ",\"_event\":"u8);
        rewritten.Write(transport);
        rewritten.Write("}"u8);
        return StepResult.Rewritten;
    }

    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> record, Field field) => record[_values[(int)field]] is var value && !value.SequenceEqual("null"u8) ? value : default;

    private bool Is(ReadOnlySpan<byte> record, Field field, byte first) => record[_values[(int)field]][0] == first;

    private static bool Has(ReadOnlySpan<Range> values, Field field) => !values[(int)field].Equals(default);

    private static bool IsObject(ReadOnlySpan<byte> value) => !value.IsEmpty && value[0] == '{';

    private static bool IsOperation(ReadOnlySpan<byte> op) => op.Length == 3 && "curdtm"u8.Contains(op[1]);

    private static StepResult SetAside(string path, string reason) => StepResult.SetAside(new Violation("envelope", path, reason));
}
