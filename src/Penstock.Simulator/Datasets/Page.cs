using System.IO.Pipelines;
using System.Text.Json;

namespace Penstock.Simulator;

/// <summary>One page of one list, ready to be written.</summary>
/// <param name="Node">The dataset.</param>
/// <param name="Parent">The place of the parent, 0 if there is none.</param>
/// <param name="Range">What the filter left.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Seed">The seed of cursors.</param>
internal sealed record Page(DatasetNode Node, long Parent, RecordRange Range, ListRequest Request, int Seed)
{
    private const int FlushAt = 16 * 1024;

    private static readonly JsonWriterOptions Unchecked = GeoJsonWriter.Options with { SkipValidation = true };

    public long Length => Math.Clamp(Range.Count - Request.Position, 0, Request.Size);

    public bool HasMore => Request.Position + Length < Range.Count;

    public string NextPlace => ListRequest.Place(Node.Dataset.Paging, Request.Position + Length, Request.Size, Seed);

    /// <summary>The lowest of the places in the dataset that this page covers; it covers a stretch whichever way it is ordered.</summary>
    public long First => Parent * Node.Dataset.Count + (Request.Newest ? Range.To - Request.Position - Length : Range.From + Request.Position);

    public async Task WriteAsync(PipeWriter body, Func<string, string> addressOf)
    {
        await using var json = new Utf8JsonWriter(body, Unchecked);
        var lines = Node.Dataset.Format == BodyFormat.JsonLines;
        var bare = lines || Node.Dataset.Paging == PagingStyle.Link;
        if (!bare)
        {
            json.WriteStartObject();
            json.WritePropertyName("data"u8);
        }

        if (!lines) json.WriteStartArray();
        for (long place = 0; place < Length; place++)
        {
            var index = Request.Newest ? First + Length - 1 - place : First + place;
            Node.Writer.Write(json, index, index - Parent * Node.Dataset.Count);
            if (lines) EndLine(json, body);
            if (json.BytesPending + body.UnflushedBytes < FlushAt) continue;
            await json.FlushAsync();
            await body.FlushAsync();
        }

        if (!lines) json.WriteEndArray();
        if (!bare)
        {
            WriteWayOn(json, addressOf);
            json.WriteEndObject();
        }

        await json.FlushAsync();
    }

    private static void EndLine(Utf8JsonWriter json, PipeWriter body)
    {
        json.Flush();
        json.Reset();
        "\n"u8.CopyTo(body.GetSpan(1));
        body.Advance(1);
    }

    private void WriteWayOn(Utf8JsonWriter json, Func<string, string> addressOf)
    {
        switch (Node.Dataset.Paging)
        {
            case PagingStyle.Page:
                json.WriteNumber("page"u8, Request.Position / Request.Size + 1);
                json.WriteNumber("per_page"u8, Request.Size);
                json.WriteNumber("total"u8, Range.Count);
                json.WriteNumber("total_pages"u8, (Range.Count + Request.Size - 1) / Request.Size);
                break;
            case PagingStyle.Offset:
                json.WriteNumber("offset"u8, Request.Position);
                json.WriteNumber("limit"u8, Request.Size);
                json.WriteNumber("total"u8, Range.Count);
                break;
            case PagingStyle.Cursor:
                json.WriteString("next_cursor"u8, HasMore ? NextPlace : null);
                json.WriteBoolean("has_more"u8, HasMore);
                break;
            default:
                json.WriteString("next"u8, HasMore ? addressOf(NextPlace) : null);
                break;
        }
    }
}
