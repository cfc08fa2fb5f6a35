using System.Text.Json;
using Penstock.Pipelines.Ports;
using Penstock.Simulator;

namespace Penstock.Cli.Demo;

/// <summary>Compares what is curated with what the service has, asked in one call that no quota holds up.</summary>
/// <param name="Served">Events that the service has.</param>
/// <param name="Curated">Events that are curated.</param>
/// <param name="Missing">Events of the service that aren't curated.</param>
/// <param name="Extra">Curated events that the service hasn't.</param>
internal sealed record DemoTruth(int Served, int Curated, int Missing, int Extra)
{
    /// <summary>Whether everything is there, but for what is in quarantine.</summary>
    public bool Agrees(long quarantined) => Extra == 0 && Missing <= quarantined;

    public static async Task<DemoTruth> FindAsync(ICuratedStore curated, CancellationToken cancellationToken)
    {
        var served = new HashSet<string>(StringComparer.Ordinal);
        await using (SimulatedApi open = await SimulatedApi.StartAsync(new SimulatorOptions(), cancellationToken: cancellationToken))
        {
            using var client = new HttpClient();
            var query = new Uri(open.BaseAddress, $"fdsnws/event/1/query?format=geojson&starttime={DemoPipeline.Start}&endtime={DemoPipeline.End}");
            using JsonDocument answer = JsonDocument.Parse(await client.GetByteArrayAsync(query, cancellationToken));
            foreach (JsonElement feature in answer.RootElement.GetProperty("features").EnumerateArray())
                served.Add(feature.GetProperty("id").GetString()!);
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach (CuratedRecord record in curated.ReadAsync(new CuratedTable(DemoPipeline.Name, DemoPipeline.Stream), cancellationToken))
            keys.Add(record.Key);
        return new DemoTruth(served.Count, keys.Count, served.Except(keys).Count(), keys.Except(served).Count());
    }
}
