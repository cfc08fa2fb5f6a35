using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>Reads plain JSON bodies.</summary>
public static class JsonBody
{
    /// <summary>Reads a body of one JSON value. The items of an array are a record each.</summary>
    /// <param name="body">UTF-8, with or without a byte order mark; nested at most 60 deep.</param>
    /// <param name="envelope">What is known beside it.</param>
    public static EventReading Read(ReadOnlySpan<byte> body, EventEnvelope envelope) => Read(body, envelope, splitArrays: true);

    /// <summary>Reads JSON Lines (https://jsonlines.org): a value a line, empty lines left out.</summary>
    /// <param name="body">UTF-8, with or without a byte order mark.</param>
    /// <param name="envelope">What is known beside it.</param>
    public static EventReading ReadLines(ReadOnlySpan<byte> body, EventEnvelope envelope)
    {
        body = JsonText.WithoutMark(body);
        var records = new RecordBuffer();
        (int line, int item) = (0, 0);
        foreach (Range range in body.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> text = body[range].Trim(" \t\r"u8);
            try
            {
                if (!text.IsEmpty)
                    AddValue(text, records, envelope, item++);
            }
            catch (JsonException e)
            {
                return EventsUnreadable.From(e) with { Line = line + 1 };
            }

            line++;
        }

        return new EventsRead(records.Records());
    }

    /// <summary>Reads a body; an array is one record unless it is to be split.</summary>
    internal static EventReading Read(ReadOnlySpan<byte> body, EventEnvelope envelope, bool splitArrays)
    {
        body = JsonText.WithoutMark(body);
        var records = new RecordBuffer();
        try
        {
            if (splitArrays && body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
                AddItems(body, records, envelope);
            else
                AddValue(body, records, envelope, item: null);
        }
        catch (JsonException e)
        {
            return EventsUnreadable.From(e);
        }

        return new EventsRead(records.Records());
    }

    /// <summary>Whether a text is one JSON value that can be landed.</summary>
    internal static bool IsJson(ReadOnlySpan<byte> text) => Read(text, EventEnvelope.Empty, splitArrays: false) is EventsRead;

    private static void AddValue(ReadOnlySpan<byte> body, RecordBuffer records, EventEnvelope envelope, int? item)
    {
        JsonText.Check(body);
        Utf8JsonReader reader = JsonText.Reader(body);
        reader.Read();
        ReadOnlySpan<byte> value = JsonText.RawValue(ref reader, body);
        reader.Read();
        records.Add(value, envelope, item);
    }

    private static void AddItems(ReadOnlySpan<byte> body, RecordBuffer records, EventEnvelope envelope)
    {
        JsonText.Check(body);
        Utf8JsonReader reader = JsonText.Reader(body);
        reader.Read();
        for (int item = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; item++)
            records.Add(JsonText.RawValue(ref reader, body), envelope, item);
        reader.Read();
    }
}
