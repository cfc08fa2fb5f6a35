using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Penstock.Simulator;

/// <summary>An error as the USGS service answers it: plain text, or JSON with status 200 if <c>jsonerror=true&amp;format=geojson</c> asked for it.</summary>
internal static class ServiceError
{
    public static Task WriteAsync(Exchange exchange, int status, string message, DateTimeOffset now, bool detail = false) =>
        exchange.Request.Query["jsonerror"] == "true" && exchange.Request.Query["format"] == "geojson"
            ? WriteJsonAsync(exchange, status, message, now, detail)
            : WriteTextAsync(exchange, status, message, now);

    private static Task WriteTextAsync(Exchange exchange, int status, string message, DateTimeOffset now)
    {
        exchange.Response.StatusCode = status;
        exchange.Response.ContentType = "text/plain;charset=UTF-8";
        var lines = new[]
        {
            $"Error {status}: {ReasonPhrases.GetReasonPhrase(status)}", "", message, "",
            $"Usage details are available from {new Uri(exchange.BaseAddress, EarthquakeService.Root.TrimEnd('/'))}", "",
            "Request:", exchange.PathAndQuery, "",
            "Request Submitted:", now.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'"), "",
            "Service version:", EarthquakeService.Version,
        };
        return exchange.Response.WriteAsync(string.Join('\n', lines), exchange.Aborted);
    }

    private static async Task WriteJsonAsync(Exchange exchange, int status, string message, DateTimeOffset now, bool detail)
    {
        exchange.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(exchange.Response.BodyWriter, GeoJsonWriter.Options);
        json.WriteStartObject();
        json.WriteString("type", detail ? "Feature" : "FeatureCollection");
        json.WriteStartObject("metadata");
        json.WriteNumber("status", status);
        json.WriteNumber("generated", now.ToUnixTimeSeconds() * 1000);
        json.WriteString("url", new Uri(exchange.BaseAddress, exchange.PathAndQuery).AbsoluteUri);
        json.WriteString("title", "Search Error");
        json.WriteString("api", EarthquakeService.Version);
        json.WriteNumber("count", 0);
        json.WriteString("error", message);
        json.WriteEndObject();
        if (detail) json.WriteNull("properties");
        else
        {
            json.WriteStartArray("features");
            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(exchange.Aborted);
    }
}
