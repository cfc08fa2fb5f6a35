using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Penstock.Simulator;

/// <summary>Writes events as the service's GeoJSON.</summary>
internal static class GeoJsonWriter
{
    // The service leaves slashes, ampersands and non-ASCII letters as they are.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int FlushAt = 32 * 1024;

    /// <summary>A feature collection.</summary>
    public static async Task WriteAsync(PipeWriter body, IReadOnlyList<Earthquake> found, Action<Utf8JsonWriter> metadata)
    {
        await using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartObject("metadata");
        metadata(json);
        json.WriteEndObject();
        json.WriteStartArray("features");
        foreach (var earthquake in found)
        {
            json.WriteRawValue(earthquake.GeoJson.Span, skipInputValidation: true);
            if (json.BytesPending < FlushAt) continue;
            await json.FlushAsync();
            await body.FlushAsync();
        }

        json.WriteEndArray();
        WriteBox(json, found);
        json.WriteEndObject();
        await json.FlushAsync();
    }

    /// <summary>One event in full: as in a collection, but with its products in the place of the link to its details.</summary>
    public static async Task WriteDetailAsync(PipeWriter body, Earthquake earthquake)
    {
        await using var json = new Utf8JsonWriter(body, Options);
        using var feature = JsonDocument.Parse(earthquake.GeoJson);
        json.WriteStartObject();
        foreach (var member in feature.RootElement.EnumerateObject())
        {
            if (member.Name == "properties") WriteProperties(json, member.Value);
            else member.WriteTo(json);
        }

        json.WriteEndObject();
        await json.FlushAsync();
    }

    private static void WriteProperties(Utf8JsonWriter json, JsonElement properties)
    {
        json.WriteStartObject("properties");
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Name != "detail") property.WriteTo(json);
        }

        // The weekly feed, from which the catalogue comes, has no products.
        json.WriteStartObject("products");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBox(Utf8JsonWriter json, IReadOnlyList<Earthquake> found)
    {
        var depths = found.Where(earthquake => earthquake.Depth is not null).Select(earthquake => earthquake.Depth!.Value).DefaultIfEmpty().ToList();
        double[] least = [found.Min(west => (double?)west.Longitude) ?? 0, found.Min(south => (double?)south.Latitude) ?? 0, depths.Min()];
        double[] most = [found.Max(east => (double?)east.Longitude) ?? 0, found.Max(north => (double?)north.Latitude) ?? 0, depths.Max()];
        // Only a box with a volume makes sense, and is sent.
        if (least.Zip(most).Any(side => side.First >= side.Second)) return;
        json.WriteStartArray("bbox");
        foreach (var side in least.Concat(most)) json.WriteNumberValue(side);
        json.WriteEndArray();
    }
}
