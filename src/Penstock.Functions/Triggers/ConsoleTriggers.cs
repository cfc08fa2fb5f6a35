using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Console;

namespace Penstock.Functions.Triggers;

/// <summary>The operators' page. Its files are open to all; what it shows is fetched from the API, which isn't.</summary>
/// <param name="console">The endpoints.</param>
public sealed class ConsoleTriggers(ConsoleEndpoints console)
{
    /// <summary><c>GET /console</c>.</summary>
    [Function("OpenConsole")]
    public Task<IResult> OpenAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console")] HttpRequest request) =>
        console.OpenAsync(request).WriteAsync(request);

    /// <summary><c>GET /console/{file}</c>.</summary>
    [Function("GetConsoleFile")]
    public Task<IResult> FileAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/{file}")] HttpRequest request, string file) =>
        console.FileAsync(request, file).WriteAsync(request);

    /// <summary><c>GET /console/{folder}/{file}</c>.</summary>
    [Function("GetConsoleFileInFolder")]
    public Task<IResult> FileInFolderAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/{folder}/{file}")] HttpRequest request, string folder, string file) =>
        console.FileInFolderAsync(request, folder, file).WriteAsync(request);
}
