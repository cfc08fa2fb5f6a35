using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Penstock.Http.Problems;

/// <summary>Answers with a problem as <c>application/problem+json</c>.</summary>
/// <param name="problem">The problem.</param>
public sealed class ProblemResult(Problem problem) : IResult
{
    // The media type is JSON's, never a page's: quotes and letters stay readable.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>The problem.</summary>
    public Problem Problem => problem;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = problem.Type.Status;
        response.ContentType = "application/problem+json";
        foreach ((string header, string value) in problem.Headers)
            response.Headers[header] = value;
        await using var json = new Utf8JsonWriter(response.BodyWriter, Format);
        Write(json, httpContext);
        await json.FlushAsync(CancellationToken.None);
        await response.BodyWriter.FlushAsync(CancellationToken.None);
    }

    private void Write(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        json.WriteString("type", problem.Type.Uri);
        json.WriteString("title", problem.Type.Title);
        json.WriteNumber("status", problem.Type.Status);
        json.WriteString("detail", problem.Detail);
        json.WriteString("instance", context.Request.Path.ToUriComponent());
        json.WriteString("requestId", RequestId.Of(context));
        if (problem.Errors.Count > 0)
            WriteErrors(json);
        json.WriteEndObject();
    }

    private void WriteErrors(Utf8JsonWriter json)
    {
        json.WriteStartArray("errors");
        foreach (ProblemError error in problem.Errors)
        {
            json.WriteStartObject();
            json.WriteString("detail", error.Detail);
            if (error.Pointer is not null)
                json.WriteString("pointer", error.Pointer);
            if (error.Parameter is not null)
                json.WriteString("parameter", error.Parameter);
            if (error.Line is { } line)
                json.WriteNumber("line", line);
            if (error.Column is { } column)
                json.WriteNumber("column", column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
