using Microsoft.AspNetCore.Http;

namespace Penstock.Http.Operate;

/// <summary>Answers with JSON, and perhaps with where a thing is and which version of it this is.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body, UTF-8.</param>
internal sealed record JsonAnswer(int Status, ReadOnlyMemory<byte> Json) : IResult
{
    /// <summary>Names the version; null if there are none.</summary>
    public string? ETag { get; init; }

    /// <summary>Where to follow what was begun; null if nothing was.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the same request was answered before.</summary>
    public bool IsReplayed { get; init; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Json.Length;
        if (ETag is not null)
            response.Headers.ETag = $"\"{ETag}\"";
        if (Location is not null)
            response.Headers.Location = Location;
        if (IsReplayed)
            response.Headers["Idempotent-Replayed"] = "true";
        await response.Body.WriteAsync(Json, httpContext.RequestAborted);
    }
}
