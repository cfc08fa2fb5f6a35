using System.Buffers;
using System.Buffers.Text;

namespace Penstock.Pipelines.Curating;

/// <summary>Writes rows as lines of JSON: records as they are, with the columns of the history after their own.</summary>
internal static class RowWriter
{
    /// <summary>The columns that a history may add; a record can't have them itself.</summary>
    public static IReadOnlyList<string> Validity { get; } = ["valid_from", "valid_to", "is_current"];

    /// <summary>The column of tables that keep what is deleted.</summary>
    public const string IsDeleted = "is_deleted";

    // All columns with their names, and then some.
    private const int MostBytes = 192;

    /// <summary>Writes a record, or the lines of several, each ended by a line's end.</summary>
    public static void Write(ReadOnlySpan<byte> json, RowColumns columns, IBufferWriter<byte> to)
    {
        while (!json.IsEmpty)
        {
            int end = json.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? json : json[..end];
            json = end < 0 ? default : json[(end + 1)..];
            WriteOne(line, columns, to);
            to.Write("\n"u8);
        }
    }

    private static void WriteOne(ReadOnlySpan<byte> json, RowColumns columns, IBufferWriter<byte> to)
    {
        if (columns == default)
        {
            to.Write(json);
            return;
        }

        ReadOnlySpan<byte> open = json.TrimEnd(" \t\r"u8)[..^1].TrimEnd(" \t\r"u8);
        Span<byte> row = to.GetSpan(open.Length + MostBytes);
        open.CopyTo(row);
        int at = open.Length;
        bool isEmpty = open[^1] == '{';
        if (columns.ValidFrom is { } from)
        {
            Put(isEmpty ? "\"valid_from\":\""u8 : ",\"valid_from\":\""u8, row, ref at);
            PutTime(from, row, ref at);
            if (columns.ValidTo is { } until)
            {
                Put("\",\"valid_to\":\""u8, row, ref at);
                PutTime(until, row, ref at);
                Put("\",\"is_current\":false"u8, row, ref at);
            }
            else
                Put("\",\"valid_to\":null,\"is_current\":true"u8, row, ref at);
            isEmpty = false;
        }

        if (columns.IsDeleted is { } isDeleted)
        {
            Put(isEmpty ? "\"is_deleted\":"u8 : ",\"is_deleted\":"u8, row, ref at);
            Put(isDeleted ? "true"u8 : "false"u8, row, ref at);
        }

        Put("}"u8, row, ref at);
        to.Advance(at);
    }

    private static void Put(ReadOnlySpan<byte> text, Span<byte> row, ref int at)
    {
        text.CopyTo(row[at..]);
        at += text.Length;
    }

    // ISO 8601 in UTC: seconds, and as much of a fraction as there is.
    private static void PutTime(long ticks, Span<byte> row, ref int at)
    {
        Span<byte> text = row[at..];
        Utf8Formatter.TryFormat(new DateTime(ticks, DateTimeKind.Utc), text, out int length, new StandardFormat('O'));
        ReadOnlySpan<byte> digits = text[..(length - 1)].TrimEnd((byte)'0').TrimEnd((byte)'.');
        // The zeros of the seconds themselves stay.
        int end = Math.Max(digits.Length, 19);
        text[end] = (byte)'Z';
        at += end + 1;
    }
}
