using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>
/// Gathers the records of one raw blob that go to quarantine, with the reason. The quarantine blob's name and content are a
/// function of raw blob and pipeline: writing it again gives the same.
/// </summary>
/// <param name="blobs">Where it goes.</param>
/// <param name="rawBlob">The raw blob.</param>
/// <param name="guard">Decides what of a record may be kept; null: all.</param>
public sealed class QuarantineWriter(IBlobStore blobs, string rawBlob, IQuarantineGuard? guard = null) : IDisposable
{
    private readonly RawBlobWriter _lines = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>How many records it has.</summary>
    public int Count => _lines.Records;

    /// <summary>The quarantine blob of a raw blob.</summary>
    public static string NameFor(string rawBlob) => $"{BlobAreas.Quarantine}/{rawBlob[(BlobAreas.Raw.Length + 1)..]}";

    /// <summary>Sets a record aside.</summary>
    /// <param name="line">Its line in the raw blob, from 1.</param>
    /// <param name="violation">Why.</param>
    /// <param name="reached">The step where it ended.</param>
    /// <param name="record">The record as it was there.</param>
    public void Add(long line, Violation violation, StepPlace reached, ReadOnlySpan<byte> record)
    {
        _line.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_line);
        json.WriteStartObject();
        json.WriteString("blob", rawBlob);
        json.WriteNumber("line", line);
        json.WriteString("rule", violation.Rule);
        json.WriteString("path", violation.Path);
        json.WriteString("reason", violation.Reason);
        if (guard is null)
            Write(json, record, isJson: violation.Rule != "json");
        else
            WriteGuarded(json, reached, record);
        json.WriteEndObject();
        json.Flush();
        _lines.Add(_line.WrittenSpan);
    }

    /// <summary>Keeps a record that is in quarantine already.</summary>
    /// <param name="line">Its line of the earlier quarantine blob.</param>
    internal void Keep(ReadOnlySpan<byte> line) => _lines.Add(line);

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

    // What isn't JSON is kept as text if it can be read, else as it is.
    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> record, bool isJson)
    {
        if (isJson)
            WriteRecord(json, record);
        else if (Utf8.IsValid(record))
            json.WriteString("text", record);
        else
            json.WriteBase64String("base64", record);
    }

    private void WriteGuarded(Utf8JsonWriter json, StepPlace reached, ReadOnlySpan<byte> record)
    {
        _kept.ResetWrittenCount();
        guard!.Guard(reached, record, _kept);
        if (_kept.WrittenCount > 0)
            WriteRecord(json, _kept.WrittenSpan);
        else
            json.WriteBoolean("withheld", true);
    }

    private static void WriteRecord(Utf8JsonWriter json, ReadOnlySpan<byte> record)
    {
        json.WritePropertyName("record");
        json.WriteRawValue(record, skipInputValidation: true);
    }
}
