using System.Text;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Http;

/// <summary>Makes one call out of its parts, with the encodings of Python's requests.</summary>
internal static class RequestBuilder
{
    /// <summary>Makes the call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The address, perhaps with a query.</param>
    /// <param name="parts">What goes to each place: a mapping, a text or none.</param>
    /// <param name="secret">The headers that authenticate.</param>
    /// <exception cref="SourceFaultException">The parts don't make a request.</exception>
    public static HttpCall Build(string method, string url, Func<InjectInto, Value> parts, IReadOnlyCollection<string> secret)
    {
        var parameters = parts(InjectInto.RequestParameter).AsDict ?? new DictValue();
        if (parameters.Entries.FirstOrDefault(entry => entry.Value.AsDict is not null) is { Value.IsNone: false } nested)
        {
            throw SourceFaultException.System($"The request parameter '{nested.Key}' is an object. Give a text or a list.");
        }

        var query = QueryString.Encode(Pairs(WithoutRepeated(url, parameters)));
        var target = PythonUrl.Finish(url, query)
            ?? throw SourceFaultException.System($"'{SafeUrl.Of(url)}' is not an absolute http address. Check url_base and path.");
        var headers = Headers(parts(InjectInto.Header));
        var body = method is "GET" or "POST" or "PUT" or "PATCH" ? Body(parts, headers) : null;
        return new HttpCall(method, target, headers, secret, body);
    }

    private static List<KeyValuePair<string, string>> Headers(Value value)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (key, header) in value.AsDict?.Entries ?? [])
        {
            var name = key.ToString();
            headers.RemoveAll(present => present.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            headers.Add(new(name, Clean(name, header.ToString())));
        }

        return headers;
    }

    private static string Clean(string name, string value) => value.AsSpan().ContainsAny('\r', '\n', '\0') || name.AsSpan().ContainsAny('\r', '\n', ':')
        ? throw SourceFaultException.System($"The header '{name}' holds a line break or another character that headers can't have.")
        : value;

    private static byte[]? Body(Func<InjectInto, Value> parts, List<KeyValuePair<string, string>> headers)
    {
        var json = parts(InjectInto.BodyJson);
        var data = parts(InjectInto.BodyData);
        if (json.IsTruthy && data.IsTruthy)
        {
            throw SourceFaultException.System("The request has both a JSON body and body data.");
        }

        if (json.IsTruthy)
        {
            AddContentType(headers, "application/json");
            return ValueJsonWriter.ToUtf8(json);
        }

        if (data.AsDict is { Length: > 0 } form)
        {
            AddContentType(headers, "application/x-www-form-urlencoded");
            return Encoding.UTF8.GetBytes(QueryString.Encode(Pairs(form.Entries)));
        }

        return data.IsTruthy ? Encoding.UTF8.GetBytes(data.ToString()) : null;
    }

    private static void AddContentType(List<KeyValuePair<string, string>> headers, string type)
    {
        if (!headers.Exists(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new("Content-Type", type));
        }
    }

    /// <summary>A page address often repeats the parameters of the first request; the same one is not sent twice.</summary>
    private static IEnumerable<KeyValuePair<Value, Value>> WithoutRepeated(string url, DictValue parameters)
    {
        var present = new Dictionary<string, string>();
        foreach (var (name, value) in QueryString.Decode(UrlParts.Split(url, "").Query))
        {
            present.TryAdd(name, value);
        }

        return parameters.Entries.Where(entry => !present.TryGetValue(entry.Key.ToString(), out var value) || value != entry.Value.ToString());
    }

    /// <summary>Lists repeat their name; none is left out.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<KeyValuePair<Value, Value>> entries) =>
        from entry in entries
        from value in entry.Value.AsText is null && entry.Value.AsObject?.Items is { } items ? items : [entry.Value]
        where !value.IsNone
        select KeyValuePair.Create(entry.Key.ToString(), value.ToString());
}
