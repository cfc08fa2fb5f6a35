using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Penstock.Cli.Privacy;

/// <summary>Asks a host or a function app.</summary>
internal sealed class OperatorApi : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly Uri _url;

    /// <param name="url">The host's address.</param>
    /// <param name="key">The key, or null.</param>
    public OperatorApi(Uri url, string? key)
    {
        _url = url;
        if (key is not null)
            _client.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    /// <summary>Sends a request; gives the answer, or what is wrong.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The address, without a slash at its beginning.</param>
    /// <param name="body">What becomes the JSON body; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(JsonElement? Answer, string? Problem)> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_url, path));
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                return (null, $"{_url} wants a key.");
            byte[] content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            using JsonDocument json = JsonDocument.Parse(content.Length > 0 ? content : "{}"u8.ToArray());
            return response.IsSuccessStatusCode ? (json.RootElement.Clone(), null) : (null, Detail(json.RootElement) ?? $"{_url} answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            return (null, $"{_url} can't be reached: {e.Message}");
        }
        catch (JsonException)
        {
            return (null, $"{_url} doesn't answer as Penstock does.");
        }
    }

    public void Dispose() => _client.Dispose();

    private static string? Detail(JsonElement problem)
    {
        if (problem.ValueKind != JsonValueKind.Object || !problem.TryGetProperty("detail", out JsonElement detail))
            return null;
        string? first = problem.TryGetProperty("errors", out JsonElement errors) && errors.GetArrayLength() > 0 ? errors[0].GetProperty("detail").GetString() : null;
        return first ?? detail.GetString();
    }
}
