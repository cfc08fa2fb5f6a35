using System.Text.Json;
using Penstock.Cli.Operating;

namespace Penstock.Cli.Privacy;

/// <summary>Asks a host or a function app.</summary>
/// <param name="client">Calls it.</param>
internal sealed class OperatorApi(ApiClient client) : IDisposable
{
    /// <summary>Sends a request; gives the answer, or what is wrong.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The address, without a slash at its beginning.</param>
    /// <param name="body">What becomes the JSON body; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(JsonElement? Answer, string? Problem)> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        await client.SendAsync(new ApiRequest(method.Method, path, body is null ? null : JsonSerializer.SerializeToNode(body)), cancellationToken) switch
        {
            ApiAnswer answer => (answer.Json, null),
            ApiRefusal { IsLetIn: false } refusal => (null, $"{refusal.Message} {refusal.Next}"),
            ApiReply refusal => (null, ((ApiRefusal)refusal).Message),
        };

    public void Dispose() => client.Dispose();
}
