using System.Runtime.CompilerServices;
using System.Xml;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records.Decoding;

/// <summary>
/// <c>XmlDecoder</c>: the document as Python's xmltodict gives it: attributes as <c>@name</c>, repeated elements as lists, an
/// element's text as itself or, beside attributes, as <c>#text</c>.
/// </summary>
internal sealed class XmlBody : IDecoder
{
    private const int DeepestElement = 200;

    public bool Streams => false;

    public async IAsyncEnumerable<BodyBatch> DecodeAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = await answer.ReadAsync(cancellationToken);
        using var json = new PageBuffer();
        ValueJsonWriter.Write(json, Parse(body, answer));
        yield return new BodyBatch(json.Written, [Range.All]);
    }

    private static DictValue Parse(PageBuffer body, HttpAnswer answer)
    {
        // Entities are where XML bombs hide; a document that defines some is refused.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using var reader = XmlReader.Create(body.OpenRead(), settings);
            reader.MoveToContent();
            return new DictValue([KeyValuePair.Create<Value, Value>(reader.Name, ReadElement(reader))]);
        }
        catch (XmlException invalid)
        {
            throw SourceFaultException.System($"The response of {answer.Call} is not XML: line {invalid.LineNumber}, position {invalid.LinePosition}.", answer.Status);
        }
    }

    private static Value ReadElement(XmlReader reader)
    {
        if (reader.Depth > DeepestElement)
        {
            throw SourceFaultException.System($"The response nests more than {DeepestElement} XML elements.");
        }

        var element = ReadAttributes(reader);
        var text = new System.Text.StringBuilder();
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    Add(element, reader.Name, ReadElement(reader));
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                {
                    text.Append(reader.Value);
                }
            }
        }

        var trimmed = text.ToString().Trim();
        if (element.Length == 0)
        {
            return trimmed.Length == 0 ? Value.None : trimmed;
        }

        if (trimmed.Length > 0)
        {
            element["#text"] = trimmed;
        }

        return element;
    }

    private static DictValue ReadAttributes(XmlReader reader)
    {
        var element = new DictValue();
        while (reader.MoveToNextAttribute())
        {
            element["@" + reader.Name] = reader.Value;
        }

        reader.MoveToElement();
        return element;
    }

    private static void Add(DictValue parent, string name, Value child)
    {
        if (!parent.TryGet(name, out var present))
        {
            parent[name] = child;
        }
        else if (present.AsList is { } list)
        {
            list.Elements.Add(child);
        }
        else
        {
            parent[name] = new ListValue([present, child]);
        }
    }
}
