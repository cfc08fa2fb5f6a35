using System.Globalization;
using Penstock.Simulator;

namespace Penstock.Cli.Simulation;

/// <summary>Reads generated collections as people write them: <c>users</c>, <c>users:5000</c>, <c>users:5000:cursor</c>.</summary>
internal static class DatasetText
{
    public const string Forms = "NAME[:COUNT[:PAGING]], the paging being page, offset, cursor, link or next-url";

    /// <summary>The collection, or null if the text is none.</summary>
    public static Dataset? Read(string text)
    {
        string[] parts = text.Split(':');
        var dataset = new Dataset(parts[0]);
        if (parts.Length > 1)
        {
            if (!long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
                return null;
            dataset = dataset with { Count = count };
        }

        if (parts.Length > 2)
        {
            if (Paging(parts[2]) is not { } paging)
                return null;
            dataset = dataset with { Paging = paging };
        }

        return parts.Length <= 3 ? dataset : null;
    }

    private static PagingStyle? Paging(string text) => text switch
    {
        "page" => PagingStyle.Page,
        "offset" => PagingStyle.Offset,
        "cursor" => PagingStyle.Cursor,
        "link" => PagingStyle.Link,
        "next-url" => PagingStyle.NextUrl,
        _ => null,
    };
}
