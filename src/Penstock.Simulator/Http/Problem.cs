using System.Text.Json;

namespace Penstock.Simulator;

/// <summary>Answers that are not data: JSON problems (RFC 9457).</summary>
internal static class Problem
{
    public static async Task WriteAsync(Exchange exchange, int status, string title, string detail)
    {
        exchange.Response.StatusCode = status;
        exchange.Response.ContentType = "application/problem+json";
        await using var json = new Utf8JsonWriter(exchange.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", title);
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteEndObject();
        await json.FlushAsync(exchange.Aborted);
    }

    public static Task NotFoundAsync(Exchange exchange, string detail) => WriteAsync(exchange, 404, "Not Found", detail);

    public static Task BadRequestAsync(Exchange exchange, string detail) => WriteAsync(exchange, 400, "Bad Request", detail);
}
