using System.Text;

namespace Penstock.Connectors.Http;

/// <summary>Query parameters and forms, written as urllib.parse.urlencode and read as parse_qsl do.</summary>
internal static class QueryString
{
    public static string Encode(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            text.Append(text.Length > 0 ? "&" : "");
            Append(text, name);
            text.Append('=');
            Append(text, value);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string value)
    {
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
            {
                text.Append(c);
            }
            else if (c == ' ')
            {
                text.Append('+');
            }
            else
            {
                text.Append('%').Append(b.ToString("X2"));
            }
        }
    }

    /// <summary>Reads a query without its question mark. Parameters without a value are left out, as parse_qsl leaves them out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Decode(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            if (equals >= 0 && equals < pair.Length - 1)
            {
                yield return new(Unquote(pair[..equals]), Unquote(pair[(equals + 1)..]));
            }
        }
    }

    private static string Unquote(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
