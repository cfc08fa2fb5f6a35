using System.Runtime.InteropServices;
using System.Text.Json;

namespace Penstock.Simulator;

/// <summary>One event of the catalogue: what can be searched for, and its GeoJSON as published.</summary>
internal sealed record Earthquake
{
    public required int Index { get; init; }
    public required ReadOnlyMemory<byte> GeoJson { get; init; }
    public required string Id { get; init; }

    /// <summary>Every id that the event is known by, each between commas.</summary>
    public required string Ids { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long Updated { get; init; }

    public required double Longitude { get; init; }
    public required double Latitude { get; init; }
    public double? Depth { get; init; }
    public double? Magnitude { get; init; }
    public double? Mmi { get; init; }
    public double? Cdi { get; init; }
    public double? Felt { get; init; }
    public double? Gap { get; init; }
    public double? Significance { get; init; }
    public string? MagnitudeType { get; init; }
    public string? Type { get; init; }
    public string? Status { get; init; }
    public string? Alert { get; init; }
    public string? Network { get; init; }
    public required string ProductTypes { get; init; }

    public static Earthquake Read(JsonElement feature, int index)
    {
        var properties = feature.GetProperty("properties");
        var place = feature.GetProperty("geometry").GetProperty("coordinates");
        return new()
        {
            Index = index,
            GeoJson = JsonMarshal.GetRawUtf8Value(feature).ToArray(),
            Id = feature.GetProperty("id").GetString()!,
            Ids = properties.GetProperty("ids").GetString()!,
            Time = properties.GetProperty("time").GetInt64(),
            Updated = properties.GetProperty("updated").GetInt64(),
            Longitude = place[0].GetDouble(),
            Latitude = place[1].GetDouble(),
            Depth = Number(place[2]),
            Magnitude = Number(properties.GetProperty("mag")),
            Mmi = Number(properties.GetProperty("mmi")),
            Cdi = Number(properties.GetProperty("cdi")),
            Felt = Number(properties.GetProperty("felt")),
            Gap = Number(properties.GetProperty("gap")),
            Significance = Number(properties.GetProperty("sig")),
            MagnitudeType = properties.GetProperty("magType").GetString(),
            Type = properties.GetProperty("type").GetString(),
            Status = properties.GetProperty("status").GetString(),
            Alert = properties.GetProperty("alert").GetString(),
            Network = properties.GetProperty("net").GetString(),
            ProductTypes = properties.GetProperty("types").GetString()!,
        };
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
