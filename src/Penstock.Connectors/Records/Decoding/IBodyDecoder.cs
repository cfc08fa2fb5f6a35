using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Decoding;

/// <summary>Turns the bytes of a response into bodies that records are found in.</summary>
public interface IBodyDecoder
{
    /// <summary>
    /// Whether bodies are given while the response arrives. Paging templates see an empty response then; otherwise they see the
    /// first body. False by default.
    /// </summary>
    bool Streams => false;

    /// <summary>Decodes a response, bounded in size and already without its content codings.</summary>
    /// <param name="response">The bytes.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    IAsyncEnumerable<Value> DecodeAsync(Stream response, CancellationToken cancellationToken);
}
