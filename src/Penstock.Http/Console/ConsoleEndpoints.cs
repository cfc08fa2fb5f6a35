using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Penstock.Http.Operate.Overview;
using Penstock.Http.Problems;

namespace Penstock.Http.Console;

/// <summary>The console: a page that shows everything and does what operators do, over the API. It holds no data itself, so it needs no key.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="overview">What it shows first.</param>
public sealed class ConsoleEndpoints(HttpEdge edge, OverviewReader overview)
{
    private const string StartPage = "index.html";

    // Scripts and styles of this host only: what a record or a message contains can't become code.
    private const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary><c>GET /console</c>: leads to the page.</summary>
    public Task<IResult> OpenAsync(HttpRequest request) => edge.RunAsync(request, () => Task.FromResult(Results.Redirect($"/console/{StartPage}")));

    /// <summary><c>GET /console/{file}</c>.</summary>
    public Task<IResult> FileAsync(HttpRequest request, string file) => edge.RunAsync(request, () =>
    {
        // While the browser fetches the rest of the page, what the page asks for first is read.
        if (file == StartPage)
            _ = overview.ReadAheadAsync();
        return Task.FromResult(Answer(request, file));
    });

    /// <summary><c>GET /console/{folder}/{file}</c>.</summary>
    public Task<IResult> FileInFolderAsync(HttpRequest request, string folder, string file) =>
        edge.RunAsync(request, () => Task.FromResult(Answer(request, $"{folder}/{file}")));

    private static IResult Answer(HttpRequest request, string path)
    {
        if (ConsoleFiles.Find(path) is not { } file)
            return new ProblemResult(ProblemTypes.UnknownRoute.With($"The console has no file '{path}'. It begins at /console."));
        IHeaderDictionary headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers[HeaderNames.CacheControl] = "no-cache";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Bytes(file.Content, file.Type, entityTag: file.ETag);
    }
}
