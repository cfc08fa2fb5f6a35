using System.Buffers;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Curating;

/// <summary>Rows as records of the port.</summary>
internal static class RowText
{
    /// <summary>The row of one record, or those of several that come together. The buffer is used again from row to row.</summary>
    public static List<CuratedRecord> Of(string key, string version, ReadOnlySpan<byte> json, RowColumns columns, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        RowWriter.Write(json, columns, buffer);
        var rows = new List<CuratedRecord>(1);
        ReadOnlySpan<byte> lines = buffer.WrittenSpan;
        while (lines.IndexOf((byte)'\n') is >= 0 and int end)
        {
            rows.Add(new CuratedRecord(key, version, lines[..end].ToArray()));
            lines = lines[(end + 1)..];
        }

        return rows;
    }

    /// <summary>The current one of a key's rows.</summary>
    public static CuratedRecord? Current(HistoryMode history, List<CuratedRecord> rows) =>
        rows.Count == 0 || (history == HistoryMode.Scd2 && !IsCurrent(rows[^1])) ? null : rows[^1];

    private static bool IsCurrent(CuratedRecord row) => row.Json.Span.EndsWith("\"is_current\":true}"u8);
}
