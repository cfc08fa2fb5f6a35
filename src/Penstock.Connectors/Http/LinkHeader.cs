namespace Penstock.Connectors.Http;

/// <summary>One link of a Link header (RFC 8288): its address and its parameters, as the reference's templates see them.</summary>
internal sealed record Link(string Key, IReadOnlyDictionary<string, string> Fields);

/// <summary>Reads a Link header into links by relation, as <c>response.links</c> of Python's requests does.</summary>
internal static class LinkHeader
{
    public static IReadOnlyList<Link> Parse(string? header)
    {
        var links = new List<Link>();
        foreach (var part in SplitLinks(header ?? ""))
        {
            var semicolon = part.IndexOf(';', StringComparison.Ordinal);
            var target = semicolon < 0 ? part : part[..semicolon];
            var fields = new Dictionary<string, string> { ["url"] = target.Trim(' ', '<', '>', '\'', '"') };
            foreach (var parameter in semicolon < 0 ? [] : part[(semicolon + 1)..].Split(';'))
            {
                var equals = parameter.Split('=', 2);
                if (equals.Length < 2 || equals[1].Contains('=', StringComparison.Ordinal))
                {
                    break;
                }

                fields[equals[0].Trim(' ', '\'', '"')] = equals[1].Trim(' ', '\'', '"');
            }

            links.RemoveAll(link => link.Key == KeyOf(fields));
            links.Add(new Link(KeyOf(fields), fields));
        }

        return links;
    }

    private static string KeyOf(Dictionary<string, string> fields) =>
        fields.TryGetValue("rel", out var rel) && rel.Length > 0 ? rel : fields["url"];

    /// <summary>Commas separate links only in front of the next <c>&lt;</c>: addresses and titles hold commas too.</summary>
    private static IEnumerable<string> SplitLinks(string header)
    {
        var value = header.Trim(' ', '\'', '"');
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != ',')
            {
                continue;
            }

            var next = i + 1;
            while (next < value.Length && value[next] == ' ')
            {
                next++;
            }

            if (next < value.Length && value[next] == '<')
            {
                yield return value[start..i];
                start = next;
            }
        }

        if (start < value.Length)
        {
            yield return value[start..];
        }
    }
}
