using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Connectors.Http;
using Penstock.Pipelines.Definitions;

namespace Penstock.Cli.Demo;

/// <summary>The sample pipeline <c>earthquakes</c>, pointed at the simulator and at the week that it has.</summary>
internal static class DemoPipeline
{
    public const string Name = "earthquakes";
    public const string Stream = "events";
    public const string Start = "2018-01-31T00:00:00Z";
    public const string End = "2018-02-07T02:00:00Z";

    /// <summary>The pipeline as its file says it, with another config.</summary>
    public static Pipeline At(Uri simulator, Pipeline sample)
    {
        JsonObject config = JsonNode.Parse(sample.Config.GetRawText())!.AsObject();
        config["base_url"] = simulator.GetLeftPart(UriPartial.Authority);
        config["start_date"] = Start;
        config["end_date"] = End;
        // Small pages make enough calls for the quota to be felt.
        config["page_size"] = 100;
        return sample with
        {
            Config = JsonDocument.Parse(config.ToJsonString()).RootElement,
            Hosts = new HostPolicy { Private = [simulator.Host] },
        };
    }
}
