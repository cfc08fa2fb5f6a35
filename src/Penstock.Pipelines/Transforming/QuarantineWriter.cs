using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Transforming;

/// <summary>
/// Gathers the records of one raw blob that go to quarantine, with the reason. The quarantine blob's name and content are a
/// function of raw blob and contract: writing it again gives the same.
/// </summary>
/// <param name="blobs">Where it goes.</param>
/// <param name="rawBlob">The raw blob.</param>
public sealed class QuarantineWriter(IBlobStore blobs, string rawBlob) : IDisposable
{
    private readonly RawBlobWriter _lines = new();
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>How many records it has.</summary>
    public int Count => _lines.Records;

    /// <summary>The quarantine blob of a raw blob.</summary>
    public static string NameFor(string rawBlob) => $"{BlobAreas.Quarantine}/{rawBlob[(BlobAreas.Raw.Length + 1)..]}";

    /// <summary>Sets a record aside.</summary>
    /// <param name="line">Its line in the raw blob, from 1.</param>
    /// <param name="violation">Why.</param>
    /// <param name="record">The record as it is in raw.</param>
    public void Add(long line, Violation violation, ReadOnlySequence<byte> record)
    {
        _line.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_line);
        json.WriteStartObject();
        json.WriteString("blob", rawBlob);
        json.WriteNumber("line", line);
        json.WriteString("rule", violation.Rule);
        json.WriteString("path", violation.Path);
        json.WriteString("reason", violation.Reason);
        // What isn't JSON is kept as text if it can be read, else as it is.
        byte[] bytes = record.ToArray();
        if (violation.Rule != "json")
            WriteRaw(json, bytes);
        else if (Utf8.IsValid(bytes))
            json.WriteString("text", bytes);
        else
            json.WriteBase64String("base64", bytes);
        json.WriteEndObject();
        json.Flush();
        _lines.Add(_line.WrittenSpan);
    }

    /// <summary>Puts the blob; takes an earlier one away if nothing is in quarantine any more.</summary>
    public async ValueTask PutAsync(CancellationToken cancellationToken = default)
    {
        string name = NameFor(rawBlob);
        if (Count == 0)
        {
            await blobs.DeleteAsync(name, cancellationToken: cancellationToken);
            return;
        }

        ReadOnlyMemory<byte> content = _lines.Finish();
        while (await blobs.PutIfAbsentAsync(name, content, cancellationToken) is PutConflict)
        {
            if (await blobs.GetAsync(name, cancellationToken) is { } earlier
                && await blobs.PutIfMatchAsync(name, content, earlier.ETag, cancellationToken) is Stored)
                return;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static void WriteRaw(Utf8JsonWriter json, byte[] record)
    {
        json.WritePropertyName("record");
        json.WriteRawValue(record, skipInputValidation: true);
    }
}
