using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Lake;

/// <summary>
/// A row of a lake file: the record as it is curated, and after its own members <c>_penstock</c>: <c>key</c>, <c>version</c>,
/// <c>valid_from</c>, <c>deleted</c>, and the <c>line</c> of the raw blob. A deletion, or a record without items, has nothing but that.
/// </summary>
internal static class LakeRow
{
    /// <summary>The member that rows have beside the record's own.</summary>
    public const string Member = "_penstock";

    private static ReadOnlySpan<byte> LineMember => ",\"line\":"u8;

    /// <summary>Writes a row.</summary>
    /// <param name="json">The record; empty for a deletion.</param>
    /// <param name="version">Key, version and whether it is a deletion.</param>
    /// <param name="validFrom">Since when it is valid.</param>
    /// <param name="line">The line of the raw blob, from 1.</param>
    /// <param name="to">Takes one line without its end.</param>
    public static void Write(ReadOnlySpan<byte> json, CuratedRecord version, DateTimeOffset validFrom, long line, ArrayBufferWriter<byte> to)
    {
        ReadOnlySpan<byte> open = json.IsEmpty ? "{"u8 : json.TrimEnd(" \t\r"u8)[..^1].TrimEnd(" \t\r"u8);
        to.Write(open);
        to.Write(open[^1] == '{' ? "\"_penstock\":{\"key\":"u8 : ",\"_penstock\":{\"key\":"u8);
        WriteText(version.Key, to);
        to.Write(",\"version\":"u8);
        WriteText(version.Version, to);
        to.Write(",\"valid_from\":\""u8);
        Span<byte> time = to.GetSpan(40);
        Utf8Formatter.TryFormat(validFrom.UtcDateTime, time, out int length, new StandardFormat('O'));
        to.Advance(length);
        to.Write(json.IsEmpty ? "\",\"deleted\":true"u8 : "\",\"deleted\":false"u8);
        to.Write(LineMember);
        Utf8Formatter.TryFormat(line, to.GetSpan(20), out length);
        to.Advance(length);
        to.Write("}}"u8);
    }

    /// <summary>The line of the raw blob that a row came of; 0 if it isn't one of our rows.</summary>
    public static long LineOf(ReadOnlySpan<byte> row)
    {
        int at = row.LastIndexOf(LineMember);
        return at >= 0 && Utf8Parser.TryParse(row[(at + LineMember.Length)..], out long line, out _) ? line : 0;
    }

    private static void WriteText(string text, IBufferWriter<byte> to)
    {
        to.Write("\""u8);
        to.Write(JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        to.Write("\""u8);
    }
}
