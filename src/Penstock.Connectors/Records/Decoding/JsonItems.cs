using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Records.Decoding;

/// <summary><c>JsonItemsDecoder</c>: each element of a list inside one JSON document is a body.</summary>
internal sealed class JsonItems(string itemsPath, Encoding encoding) : IBodyParser
{
    private readonly RecordPath _path = new(itemsPath.Split('.'));
    private readonly JsonBody _json = new();

    public async IAsyncEnumerable<BodyBatch> ParseAsync(Stream stream, HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var utf8 = encoding is UTF8Encoding ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8, leaveOpen: true);
        await foreach (var whole in _json.ParseAsync(utf8, answer, cancellationToken))
        {
            var items = new SlicedRecords([]);
            Slice(whole, items, answer);
            yield return new BodyBatch(whole.Json, [.. Enumerable.Range(0, items.Count).Select(i => items[i].Start..(items[i].Start + items[i].Length))]);
        }
    }

    private void Slice(BodyBatch whole, SlicedRecords items, HttpAnswer answer)
    {
        try
        {
            JsonSlicer.Slice(whole with { ListsAreBodies = false }, _path, items);
        }
        catch (JsonException invalid)
        {
            throw SourceFaultException.System($"The response of {answer.Call} is not JSON, at byte {invalid.BytePositionInLine}.", answer.Status);
        }
    }
}
