using System.IO.Compression;
using System.Text.Json;

namespace Penstock.Simulator;

/// <summary>The events of one real week; see the README beside the data.</summary>
internal sealed class EarthquakeCatalogue
{
    private static readonly Lazy<EarthquakeCatalogue> Loaded = new(Load);

    private EarthquakeCatalogue(Earthquake[] events)
    {
        Events = events;
        Networks = [.. events.Select(found => found.Network!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public static EarthquakeCatalogue Instance => Loaded.Value;

    public IReadOnlyList<Earthquake> Events { get; }

    public IReadOnlyList<string> Networks { get; }

    private static EarthquakeCatalogue Load()
    {
        using var packed = typeof(EarthquakeCatalogue).Assembly.GetManifestResourceStream("all_week.geojson.gz")!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var json = JsonDocument.Parse(unpacked);
        return new([.. json.RootElement.GetProperty("features").EnumerateArray().Select(Earthquake.Read)]);
    }
}
