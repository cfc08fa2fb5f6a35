using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records.Decoding;

/// <summary>
/// <c>JsonlDecoder</c>: a JSON value a line; <c>IterableDecoder</c>: each line as the text <c>record</c> of an object. Empty
/// lines are passed over.
/// </summary>
internal sealed class Lines(bool areJson, int bytesPerBatch) : IBodyParser
{
    public async IAsyncEnumerable<BodyBatch> ParseAsync(Stream stream, HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        using var batch = new BatchWriter(bytesPerBatch);
        try
        {
            for (var isDone = false; !isDone;)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (TryTakeLine(ref rest, read.IsCompleted, out var line))
                {
                    Add(batch, line, answer);
                    if (batch.IsFull)
                    {
                        yield return batch.Batch;
                        batch.Clear();
                    }
                }

                isDone = read.IsCompleted;
                reader.AdvanceTo(rest.Start, rest.End);
                answer.CheckHeld(rest.Length);
            }

            yield return batch.Batch;
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        line = rest;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        if (!isLast || rest.IsEmpty)
        {
            return false;
        }

        rest = rest.Slice(rest.End);
        return true;
    }

    private void Add(BatchWriter batch, ReadOnlySequence<byte> line, HttpAnswer answer)
    {
        var length = (int)line.Length;
        var target = batch.Buffer.GetSpan(length)[..length];
        line.CopyTo(target);
        var content = target.Trim(" \t\r"u8);
        if (content.IsEmpty)
        {
            return;
        }

        if (!Utf8.IsValid(target))
        {
            throw SourceFaultException.System($"The response of {answer.Call} has a line that is not UTF-8.", answer.Status);
        }

        if (areJson)
        {
            target.Replace((byte)'\r', (byte)' ');
            batch.Buffer.Advance(length);
        }
        else
        {
            var text = System.Text.Encoding.UTF8.GetString(target.TrimEnd((byte)'\r'));
            batch.Buffer.Write("{\"record\":"u8);
            ValueJsonWriter.Write(batch.Buffer, text);
            batch.Buffer.Write("}"u8);
        }

        batch.EndBody();
    }
}
