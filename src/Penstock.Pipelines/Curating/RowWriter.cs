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
        to.Write(open);
        bool isEmpty = open[^1] == '{';
        if (columns.ValidFrom is { } from)
        {
            to.Write(isEmpty ? "\"valid_from\":\""u8 : ",\"valid_from\":\""u8);
            WriteTime(from, to);
            if (columns.ValidTo is { } until)
            {
                to.Write("\",\"valid_to\":\""u8);
                WriteTime(until, to);
                to.Write("\",\"is_current\":false"u8);
            }
            else
                to.Write("\",\"valid_to\":null,\"is_current\":true"u8);
            isEmpty = false;
        }

        if (columns.IsDeleted is { } isDeleted)
        {
            to.Write(isEmpty ? "\"is_deleted\":"u8 : ",\"is_deleted\":"u8);
            to.Write(isDeleted ? "true"u8 : "false"u8);
        }

        to.Write("}"u8);
    }

    // ISO 8601 in UTC: seconds, and as much of a fraction as there is.
    private static void WriteTime(long ticks, IBufferWriter<byte> to)
    {
        Span<byte> text = to.GetSpan(28);
        Utf8Formatter.TryFormat(new DateTime(ticks, DateTimeKind.Utc), text, out int length, new StandardFormat('O'));
        ReadOnlySpan<byte> digits = text[..(length - 1)].TrimEnd((byte)'0').TrimEnd((byte)'.');
        // The zeros of the seconds themselves stay.
        int end = Math.Max(digits.Length, 19);
        text[end] = (byte)'Z';
        to.Advance(end + 1);
    }
}
