using Penstock.Connectors.Http;

namespace Penstock.Connectors.Records.Decoding;

/// <summary>Turns a response into JSON bodies, batch by batch.</summary>
internal interface IDecoder
{
    /// <summary>Whether the response is decoded as it arrives. Paging templates see an empty response then.</summary>
    bool Streams { get; }

    /// <summary>Whether a response is always one batch, so that paging templates can see it.</summary>
    bool GivesOneBatch => !Streams;

    /// <summary>Decodes a response. A batch is valid until the next one is asked for.</summary>
    /// <exception cref="SourceFaultException">The response can't be decoded.</exception>
    IAsyncEnumerable<BodyBatch> DecodeAsync(HttpAnswer answer, CancellationToken cancellationToken);
}

/// <summary>Turns bytes into JSON bodies: what decoders are composed of.</summary>
internal interface IBodyParser
{
    /// <summary>Parses a stream. A batch is valid until the next one is asked for.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="answer">The answer that they belong to, for bounds and messages.</param>
    /// <param name="cancellationToken">Ends the parsing.</param>
    IAsyncEnumerable<BodyBatch> ParseAsync(Stream stream, HttpAnswer answer, CancellationToken cancellationToken);
}
