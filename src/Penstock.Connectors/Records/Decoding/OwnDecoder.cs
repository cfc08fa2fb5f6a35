using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records.Decoding;

/// <summary><c>CustomDecoder</c>: a registered decoder, whose bodies are written as JSON.</summary>
internal sealed class OwnDecoder(IBodyDecoder decoder, int bytesPerBatch) : IDecoder, IBodyParser
{
    public bool Streams => decoder.Streams;

    public async IAsyncEnumerable<BodyBatch> DecodeAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Streams) await answer.ReadAsync(cancellationToken);
        await using var stream = await answer.OpenAsync(cancellationToken);
        await foreach (var batch in ParseAsync(stream, answer, cancellationToken)) yield return batch;
    }

    public async IAsyncEnumerable<BodyBatch> ParseAsync(Stream stream, HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var batch = new BatchWriter(bytesPerBatch);
        await foreach (var body in decoder.DecodeAsync(stream, cancellationToken))
        {
            ValueJsonWriter.Write(batch.Buffer, body);
            batch.EndBody();
            answer.CheckHeld(batch.Buffer.Length);
            if (!Streams || !batch.IsFull) continue;
            yield return batch.Batch;
            batch.Clear();
        }

        yield return batch.Batch;
    }
}
