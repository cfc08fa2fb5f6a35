using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Protocol;

/// <summary>Writes Airbyte protocol messages, one JSON object a line, UTF-8; they leave a buffer when it is full, or at <see cref="Flush"/>.</summary>
internal sealed class MessageWriter : IDisposable
{
    private const int FlushBytes = 64 * 1024;
    private readonly Stream _output;
    private readonly TimeProvider _time;
    private readonly PageBuffer _lines = new();
    private readonly Utf8JsonWriter _json;
    private (string Stream, byte[] Bytes) _head = ("", []);

    public MessageWriter(Stream output, TimeProvider time)
    {
        (_output, _time) = (output, time);
        _json = new Utf8JsonWriter(_lines, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes the records of a page; only the records themselves differ, so the rest is copied.</summary>
    public void Records(string stream, IReadOnlyList<ReadOnlyMemory<byte>> page)
    {
        if (_head.Stream != stream)
            _head = (stream, Head(stream));
        var tail = Tail(_time.GetUtcNow());
        for (var i = 0; i < page.Count; i++)
        {
            _lines.Write(_head.Bytes);
            Data(page[i].Span);
            _lines.Write(tail);
            if (_lines.Length >= FlushBytes)
                Flush();
        }
    }

    public void State(string stream, DictValue state, long records) => Message("STATE", "state", () =>
    {
        _json.WriteString("type", "STREAM");
        _json.WriteStartObject("stream");
        Descriptor(stream);
        _json.WritePropertyName("stream_state");
        ValueJsonWriter.Write(_json, state);
        _json.WriteEndObject();
        _json.WriteStartObject("sourceStats");
        _json.WriteNumber("recordCount", records);
        _json.WriteEndObject();
    });

    public void Status(string stream, string status) => Trace("STREAM_STATUS", () =>
    {
        _json.WriteStartObject("stream_status");
        Descriptor(stream);
        _json.WriteString("status", status);
        _json.WriteEndObject();
    });

    public void Error(SourceError error, string? stream) => Trace("ERROR", () =>
    {
        _json.WriteStartObject("error");
        _json.WriteString("message", error.Message);
        _json.WriteString("failure_type", error.Kind switch
        {
            SourceErrorKind.Transient => "transient_error",
            SourceErrorKind.Config => "config_error",
            _ => "system_error",
        });
        if (stream is not null) Descriptor(stream);
        _json.WriteEndObject();
    });

    public void Log(string level, string message) => Message("LOG", "log", () =>
    {
        _json.WriteString("level", level);
        _json.WriteString("message", message);
    });

    public void ConnectionStatus(bool succeeded, string? message) => Message("CONNECTION_STATUS", "connectionStatus", () =>
    {
        _json.WriteString("status", succeeded ? "SUCCEEDED" : "FAILED");
        if (message is not null) _json.WriteString("message", message);
    });

    public void Spec(DictValue specification) => Value("SPEC", "spec", specification);

    public void Catalog(IEnumerable<DictValue> streams) =>
        Value("CATALOG", "catalog", new DictValue { ["streams"] = new ListValue(streams.Select(stream => (Value)stream)) });

    public void Flush()
    {
        _output.Write(_lines.Written.Span);
        _lines.Clear();
        _output.Flush();
    }

    public void Dispose()
    {
        Flush();
        _json.Dispose();
        _lines.Dispose();
    }

    private static byte[] Head(string stream) =>
        [.. "{\"type\":\"RECORD\",\"record\":{\"stream\":"u8, .. "\""u8, .. JsonEncodedText.Encode(stream, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, .. "\",\"data\":"u8];

    private static byte[] Tail(DateTimeOffset emitted) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"emitted_at\":{emitted.ToUnixTimeMilliseconds()}}}}}\n"));

    // Airbyte's own serialiser leaves fields out that are null, on the top level only; destinations expect it so.
    private void Data(ReadOnlySpan<byte> data)
    {
        if (data.IndexOf("null"u8) < 0)
        {
            _lines.Write(data);
            return;
        }

        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 512 });
        reader.Read();
        _json.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (reader.TokenType == JsonTokenType.Null) continue;
            _json.WritePropertyName(name);
            _json.WriteRawValue(data[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }

        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
    }

    private void Value(string type, string field, DictValue value)
    {
        _json.WriteStartObject();
        _json.WriteString("type", type);
        _json.WritePropertyName(field);
        ValueJsonWriter.Write(_json, value);
        EndLine();
    }

    private void Trace(string type, Action write) => Message("TRACE", "trace", () =>
    {
        _json.WriteString("type", type);
        _json.WriteNumber("emitted_at", (double)_time.GetUtcNow().ToUnixTimeMilliseconds());
        write();
    });

    private void Message(string type, string field, Action write)
    {
        _json.WriteStartObject();
        _json.WriteString("type", type);
        _json.WriteStartObject(field);
        write();
        _json.WriteEndObject();
        EndLine();
    }

    private void Descriptor(string stream)
    {
        _json.WriteStartObject("stream_descriptor");
        _json.WriteString("name", stream);
        _json.WriteEndObject();
    }

    private void EndLine()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _lines.Write("\n"u8);
    }
}
