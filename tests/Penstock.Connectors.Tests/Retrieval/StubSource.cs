using System.Net;
using System.Text;

namespace Penstock.Connectors.Tests.Retrieval;

/// <summary>A source that answers from a function and remembers what it was asked.</summary>
internal sealed class StubSource(Func<StubRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<StubRequest> Requests { get; } = [];

    public StubSource(params HttpResponseMessage[] answers)
        : this(new Queue<HttpResponseMessage>(answers).Dequeue)
    {
    }

    private StubSource(Func<HttpResponseMessage> next)
        : this(_ => next())
    {
    }

    public static HttpResponseMessage Json(string json, int status = 200, params (string Name, string Value)[] headers) =>
        Bytes(Encoding.UTF8.GetBytes(json), status, headers);

    public static HttpResponseMessage Bytes(byte[] body, int status = 200, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var seen = new StubRequest(request.Method.Method, request.RequestUri!, headers, body);
        lock (Requests)
        {
            Requests.Add(seen);
        }

        return answer(seen);
    }
}

/// <summary>A request as the source saw it.</summary>
internal sealed record StubRequest(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Target => Url.PathAndQuery;

    public string? this[string header] => Headers.GetValueOrDefault(header);
}
