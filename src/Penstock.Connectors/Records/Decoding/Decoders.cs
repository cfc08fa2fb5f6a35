using System.Text;
using Penstock.Connectors.Components;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Records.Decoding;

/// <summary>Reads decoders.</summary>
internal static class Decoders
{
    /// <summary>The decoder that a component declares; JSON if it declares none.</summary>
    public static IDecoder Read(ManifestNode? node, ConnectorScope connector)
    {
        switch (node?.Type)
        {
            case null or "JsonDecoder":
                return new JsonBody();
            case "XmlDecoder":
                return new XmlBody();
            case "ZipfileDecoder":
                return new Zipfile(ReadParser(node.RequiredChild("decoder"), connector));
            case "IterableDecoder" or "JsonlDecoder" or "CsvDecoder" or "GzipDecoder" or "JsonItemsDecoder":
                return new StreamDecoder(ReadParser(node, connector));
            default:
                if (CustomComponent.Is(node))
                {
                    return ReadOwn(node, connector) ?? (IDecoder)new JsonBody();
                }

                node.Unsupported("JsonDecoder", "JsonlDecoder", "JsonItemsDecoder", "CsvDecoder", "XmlDecoder", "IterableDecoder", "GzipDecoder", "ZipfileDecoder");
                return new JsonBody();
        }
    }

    private static IBodyParser ReadParser(ManifestNode? node, ConnectorScope connector)
    {
        var options = connector.Options;
        switch (node?.Type)
        {
            case null or "JsonDecoder":
                return new JsonBody();
            case "JsonlDecoder":
                return new Lines(areJson: true, options.StreamedPageBytes);
            case "IterableDecoder":
                return new Lines(areJson: false, options.StreamedPageBytes);
            case "JsonItemsDecoder":
                return new JsonItems(node.RequiredText("items_path"), ReadEncoding(node));
            case "CsvDecoder":
                var nulls = node.List("set_values_to_none").Select(value => value.Scalar.ToString());
                return new CsvRows(ReadEncoding(node), Unescape(node.Text("delimiter") ?? ","), nulls.ToHashSet(), options.StreamedPageBytes);
            case "GzipDecoder":
                return new Gzip(ReadParser(node.RequiredChild("decoder"), connector));
            default:
                if (CustomComponent.Is(node))
                {
                    return ReadOwn(node, connector) ?? (IBodyParser)new JsonBody();
                }

                node.Unsupported("JsonDecoder", "JsonlDecoder", "JsonItemsDecoder", "CsvDecoder", "IterableDecoder", "GzipDecoder");
                return new JsonBody();
        }
    }

    private static OwnDecoder? ReadOwn(ManifestNode node, ConnectorScope connector) =>
        CustomComponent.Make<IBodyDecoder>(node, connector) is { } own ? new OwnDecoder(own, connector.Options.StreamedPageBytes) : null;

    private static Encoding ReadEncoding(ManifestNode node)
    {
        var name = (node.Text("encoding") ?? "utf-8").ToLowerInvariant().Replace('_', '-');
        try
        {
            // Python's names that .NET doesn't know.
            return name switch
            {
                "utf-8-sig" or "utf8" => Encoding.UTF8,
                "latin-1" or "latin1" or "l1" => Encoding.Latin1,
                "ascii" => Encoding.ASCII,
                _ when name.StartsWith("cp", StringComparison.Ordinal) => CodePagesEncodingProvider.Instance.GetEncoding(int.TryParse(name[2..], out var page) ? page : 0) ?? Encoding.GetEncoding(name),
                _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name),
            };
        }
        catch (ArgumentException)
        {
            node.Error($"The encoding {name} is unknown.", "Give utf-8, utf-16, latin-1 or a code page such as cp1252.");
            return Encoding.UTF8;
        }
    }

    private static string Unescape(string delimiter) => delimiter.StartsWith('\\') ? System.Text.RegularExpressions.Regex.Unescape(delimiter) : delimiter;
}
