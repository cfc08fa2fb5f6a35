using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Identity;
using Penstock.Http.Commands;

namespace Penstock.Cli.Operating;

/// <summary>Calls the operators' API of a host or of a function app.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private readonly HttpClient _http;

    /// <param name="url">Where it is.</param>
    /// <param name="key">A function key, or the key of the local host; or null.</param>
    /// <param name="token">A token of Entra ID; or null.</param>
    /// <param name="handler">Sends requests.</param>
    /// <param name="patience">How long to wait for an answer; default 100 seconds.</param>
    public ApiClient(Uri url, string? key, string? token, HttpMessageHandler handler, TimeSpan? patience = null)
    {
        _http = new HttpClient(handler) { BaseAddress = new Uri(url.GetLeftPart(UriPartial.Authority)), Timeout = patience ?? Patience };
        if (key is not null)
            _http.DefaultRequestHeaders.Add("x-functions-key", key);
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.TryAddWithoutValidation(Operators.NameHeader, Environment.UserName);
    }

    /// <summary>Where it is.</summary>
    public Uri Url => _http.BaseAddress!;

    /// <summary>Sends a request.</summary>
    public async Task<ApiReply> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        if (request.Body is { } body)
            message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (request.IdempotencyKey is { } key)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (request.IfMatch is { } etag)
            message.Headers.TryAddWithoutValidation("If-Match", etag.StartsWith('"') ? etag : $"\"{etag}\"");
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(message, cancellationToken);
            byte[] content = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            JsonElement? json = Parse(content);
            if (answer.IsSuccessStatusCode)
                return json is { } found ? new ApiAnswer(found, answer.Headers.ETag?.Tag.Trim('"'), answer.Headers.Location?.OriginalString) : NotPenstock();
            return new ApiRefusal(Tell(answer.StatusCode, json), Next(answer.StatusCode, json), IsOurFault: (int)answer.StatusCode >= 500) { IsLetIn = answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) };
        }
        catch (HttpRequestException e)
        {
            return new ApiRefusal($"{Url} can't be reached: {e.Message}", "Start a host with 'penstock up', or say with --url where it is.", IsOurFault: true);
        }
        catch (AuthenticationFailedException e)
        {
            return new ApiRefusal($"Entra ID gave no token: {EntraSignIn.Tell(e)}", "Sign in with 'az login', or give a token with --token TOKEN.", IsOurFault: false) { IsLetIn = false };
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ApiRefusal($"{Url} didn't answer within {_http.Timeout.TotalSeconds:0} seconds.", "Try again; look at its logs.", IsOurFault: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Something else answers there.</summary>
    public ApiRefusal NotPenstock() => new($"{Url} doesn't answer as Penstock does.", "Is it the right --url?", IsOurFault: true);

    private string Tell(HttpStatusCode status, JsonElement? json)
    {
        if (json is not { ValueKind: JsonValueKind.Object } problem || !problem.TryGetProperty("title", out JsonElement title) || !problem.TryGetProperty("detail", out JsonElement detail))
            return status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? $"{Url} wants a key." : $"{Url} answered {(int)status}.";
        var text = new StringBuilder($"{title.GetString()}. {detail.GetString()}");
        if (problem.TryGetProperty("errors", out JsonElement errors))
        {
            foreach (JsonElement error in errors.EnumerateArray())
                text.Append($"\n       {Place(error)}: {error.GetProperty("detail").GetString()}");
        }

        return text.ToString();
    }

    private static string Next(HttpStatusCode status, JsonElement? json) => status switch
    {
        HttpStatusCode.Unauthorized => "Give a key with --key KEY (or PENSTOCK_KEY), or sign in with Entra ID: --entra APP (or PENSTOCK_ENTRA).",
        HttpStatusCode.PreconditionFailed => "Read it again, decide anew, and give the new --if-match.",
        HttpStatusCode.TooManyRequests => "Try again in a minute.",
        _ when json is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("requestId", out JsonElement id) => $"The request is {id.GetString()} in the logs; all kinds of problems are in docs/api.md.",
        _ => "All kinds of problems are in docs/api.md.",
    };

    private static string Place(JsonElement error) =>
        error.TryGetProperty("pointer", out JsonElement pointer) ? pointer.GetString()![2..]
        : error.TryGetProperty("parameter", out JsonElement parameter) ? parameter.GetString()!
        : "body";

    private static JsonElement? Parse(byte[] content)
    {
        try
        {
            return JsonDocument.Parse(content).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A request.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The address and the query.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="IdempotencyKey">Names the request; null for none.</param>
/// <param name="IfMatch">The version that was seen; null for any.</param>
internal sealed record ApiRequest(string Method, string Path, JsonNode? Body = null, string? IdempotencyKey = null, string? IfMatch = null);

/// <summary>What was answered.</summary>
internal abstract record ApiReply;

/// <summary>All went well.</summary>
/// <param name="Json">The body.</param>
/// <param name="ETag">The version; null if there are none.</param>
/// <param name="Location">Where to follow it; null if nothing was begun.</param>
internal sealed record ApiAnswer(JsonElement Json, string? ETag, string? Location) : ApiReply;

/// <summary>It was refused, or nobody answered.</summary>
/// <param name="Message">Why.</param>
/// <param name="Next">What to do.</param>
/// <param name="IsOurFault">Whether the request itself was right.</param>
internal sealed record ApiRefusal(string Message, string Next, bool IsOurFault) : ApiReply
{
    /// <summary>Whether whoever asks is known and may.</summary>
    public bool IsLetIn { get; init; } = true;
}
