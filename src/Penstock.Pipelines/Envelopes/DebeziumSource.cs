using System.Buffers.Text;
using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Envelopes;

/// <summary>Reads where in the source's log an event stands, and when the change was made there. Not thread-safe.</summary>
internal sealed class DebeziumSource
{
    private enum Field
    {
        Nanoseconds, Microseconds, Milliseconds, Lsn, File, Position, Row, CommitLsn, ChangeLsn, SerialNumber, CommitScn, Scn, Order,
    }

    private static readonly FieldFinder Fields = new(
    [
        ["ts_ns"], ["ts_us"], ["ts_ms"], ["lsn"], ["file"], ["pos"], ["row"], ["commit_lsn"], ["change_lsn"], ["event_serial_no"], ["commit_scn"], ["scn"], ["ord"],
    ]);

    private readonly Range[] _values = new Range[Fields.Count];

    /// <summary>When the change was made; null if the source doesn't say.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>
    /// The version: by PostgreSQL's <c>lsn</c>, MySQL's <c>file</c>, <c>pos</c> and <c>row</c>, SQL Server's <c>commit_lsn</c>, <c>change_lsn</c> and
    /// <c>event_serial_no</c>, Oracle's <c>commit_scn</c> and <c>scn</c>, else by the time of the change, with MongoDB's <c>ord</c>. Null if there is none of these.
    /// </summary>
    public string? Version { get; private set; }

    /// <summary>Reads a source block.</summary>
    public void Read(ReadOnlySpan<byte> source)
    {
        Fields.Find(source, _values);
        At = Time(source);
        Version = Integer(source, Field.Lsn) is { } lsn ? $"c{lsn:D20}"
            : Text(source, Field.File) is { Length: > 0 } file ? $"c{file}.{Integer(source, Field.Position) ?? 0:D20}.{Integer(source, Field.Row) ?? 0:D10}"
            : Text(source, Field.CommitLsn) is { Length: > 0 } commit ? $"c{commit}.{Text(source, Field.ChangeLsn)}.{Integer(source, Field.SerialNumber) ?? 0:D10}"
            : (Text(source, Field.CommitScn) ?? Text(source, Field.Scn)) is { Length: > 0 } scn ? $"c{Padded(scn)}.{Padded(Text(source, Field.Scn) ?? "")}"
            : At is { } at ? $"{SortableVersion.OfTime(at)}{(Integer(source, Field.Order) is { } order ? $".{order:D10}" : "")}"
            : null;
    }

    private DateTimeOffset? Time(ReadOnlySpan<byte> source) =>
        Integer(source, Field.Nanoseconds) is { } ns ? Epoch(ns / TimeSpan.NanosecondsPerTick)
        : Integer(source, Field.Microseconds) is { } us ? Epoch(us * TimeSpan.TicksPerMicrosecond)
        : Integer(source, Field.Milliseconds) is { } ms ? Epoch(ms * TimeSpan.TicksPerMillisecond)
        : null;

    private static DateTimeOffset? Epoch(long ticks) =>
        ticks >= 0 && ticks < DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks ? DateTimeOffset.UnixEpoch.AddTicks(ticks) : null;

    private long? Integer(ReadOnlySpan<byte> source, Field field) =>
        Utf8Parser.TryParse(source[_values[(int)field]], out long number, out int length) && length > 0 ? number : null;

    private string? Text(ReadOnlySpan<byte> source, Field field) => JsonSkim.Text(source[_values[(int)field]]);

    private static string Padded(string digits) => digits.PadLeft(20, '0');
}
