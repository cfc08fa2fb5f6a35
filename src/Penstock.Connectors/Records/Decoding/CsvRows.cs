using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records.Decoding;

/// <summary><c>CsvDecoder</c>: an object a row, with the names of the first row; all values are texts, missing ones null.</summary>
internal sealed class CsvRows(Encoding encoding, string delimiter, IReadOnlySet<string> nulls, int bytesPerBatch) : IBodyParser
{
    public async IAsyncEnumerable<BodyBatch> ParseAsync(Stream stream, HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 16 * 1024, leaveOpen: true);
        using var rows = new CsvParser(text, Configuration());
        using var batch = new BatchWriter(bytesPerBatch);
        byte[][]? names = null;
        while (await ReadAsync(rows, answer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (names is null)
            {
                names = [.. rows.Record!.Select(name => ValueJsonWriter.ToUtf8(name))];
                continue;
            }

            Write(batch, names, rows, answer);
            if (batch.IsFull)
            {
                yield return batch.Batch;
                batch.Clear();
            }
        }

        yield return batch.Batch;
    }

    private void Write(BatchWriter batch, byte[][] names, CsvParser rows, HttpAnswer answer)
    {
        if (rows.Count > names.Length)
        {
            throw SourceFaultException.System($"Row {rows.Row} of the response of {answer.Call} has {rows.Count} values, but there are {names.Length} columns.", answer.Status);
        }

        for (var i = 0; i < names.Length; i++)
        {
            batch.Buffer.Write(i == 0 ? "{"u8 : ","u8);
            batch.Buffer.Write(names[i]);
            batch.Buffer.Write(":"u8);
            var value = i < rows.Count ? rows[i].ReplaceLineEndings("\n") : null;
            ValueJsonWriter.Write(batch.Buffer, value is null || nulls.Contains(value) ? Value.None : value);
        }

        batch.Buffer.Write("}"u8);
        batch.EndBody();
    }

    private static async ValueTask<bool> ReadAsync(CsvParser rows, HttpAnswer answer)
    {
        try
        {
            return await rows.ReadAsync();
        }
        catch (CsvHelperException invalid)
        {
            // The library's message quotes the row.
            throw SourceFaultException.System($"The response of {answer.Call} can't be read as CSV: {invalid.GetType().Name} in row {rows.Row}.", answer.Status);
        }
    }

    private CsvConfiguration Configuration() => new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter,
        BadDataFound = null,
        IgnoreBlankLines = true,
        MaxFieldSize = 64 * 1024 * 1024,
        Mode = CsvMode.RFC4180,
    };
}
