using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Records.Decoding;

/// <summary><c>JsonDecoder</c>: the response is one JSON value; a list is a body an element.</summary>
internal sealed class JsonBody : IDecoder, IBodyParser
{
    public bool Streams => false;

    public async IAsyncEnumerable<BodyBatch> DecodeAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Batch(await answer.ReadAsync(cancellationToken), answer);
    }

    public async IAsyncEnumerable<BodyBatch> ParseAsync(Stream stream, HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var buffer = await answer.HoldAsync(stream, cancellationToken);
        yield return Batch(buffer, answer);
    }

    private static BodyBatch Batch(PageBuffer buffer, HttpAnswer answer)
    {
        var json = buffer.Written;
        if (json.Span.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        if (!Utf8.IsValid(json.Span))
        {
            throw SourceFaultException.System($"The response of {answer.Call} is not UTF-8.", answer.Status);
        }

        // Line breaks in JSON only stand between tokens. Records are lines, so they become spaces.
        if (json.Span.ContainsAny((byte)'\n', (byte)'\r'))
        {
            json.Span.Replace((byte)'\n', (byte)' ');
            json.Span.Replace((byte)'\r', (byte)' ');
        }

        return new BodyBatch(json, json.Span.Trim((byte)' ').IsEmpty ? [] : [Range.All], ListsAreBodies: true);
    }
}
