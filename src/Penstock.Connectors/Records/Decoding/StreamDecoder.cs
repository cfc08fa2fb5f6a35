using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Records.Decoding;

/// <summary>Decodes responses as they arrive, with a parser.</summary>
internal sealed class StreamDecoder(IBodyParser parser) : IDecoder
{
    public bool Streams => true;

    public async IAsyncEnumerable<BodyBatch> DecodeAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await answer.OpenAsync(cancellationToken);
        await foreach (var batch in parser.ParseAsync(stream, answer, cancellationToken))
        {
            yield return batch;
        }
    }
}
