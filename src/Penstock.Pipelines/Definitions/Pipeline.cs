using System.Text.Json;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Http;
using Penstock.Pipelines.Watching;

namespace Penstock.Pipelines.Definitions;

/// <summary>A connector + its config + schedule + what to do with each stream (DESIGN 3), as its file says it.</summary>
public sealed record Pipeline
{
    /// <summary>The pipeline's name: lower-case letters, digits and dashes; also the name of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Its file, relative to the pipelines' folder, for problems.</summary>
    public string File => $"{Name}/pipeline.yaml";

    /// <summary>What it brings, for people; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who answers for it: a team or an address; may be empty.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The connector's manifest, or null for a pipeline that only receives.</summary>
    public ManifestFile? Manifest { get; init; }

    /// <summary>The connector's config: a JSON object whose texts may be references <c>secret:NAME</c>.</summary>
    public JsonElement Config { get; init; } = JsonDocument.Parse("{}").RootElement;

    /// <summary>The lines of the config's fields by path, for example <c>config.start_date</c>; for problems.</summary>
    public IReadOnlyDictionary<string, int> ConfigLines { get; init; } = new Dictionary<string, int>();

    /// <summary>When its pulled streams are due; null if only operators start them.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Which hosts its connector may call; default any with a public address (DESIGN 10).</summary>
    public HostPolicy Hosts { get; init; } = HostPolicy.AnyPublic;

    /// <summary>What its file says of the source's limits, on top of the manifest's <c>api_budget</c>; nothing by default.</summary>
    public BudgetRules Budget { get; init; } = BudgetRules.None;

    /// <summary>A paused pipeline is neither planned nor extracted; what was landed is still transformed.</summary>
    public bool Paused { get; init; }

    /// <summary>What is watched of it, and who hears of it.</summary>
    public MonitorOptions Monitors { get; init; } = MonitorOptions.Default;

    /// <summary>What its source charges for a call, in the currency of <c>prices.yaml</c>; default 0.</summary>
    public decimal CallPrice { get; init; }

    /// <summary>The streams, at least one, names unique.</summary>
    public required IReadOnlyList<PipelineStream> Streams { get; init; }

    /// <summary>Every place that names a secret: <c>secret:NAME</c> in the config, and the keys of webhooks.</summary>
    public IReadOnlyList<SecretReference> Secrets { get; init; } = [];

    /// <summary>Finds a stream by name, or null.</summary>
    public PipelineStream? Find(string stream) => Streams.FirstOrDefault(candidate => candidate.Name == stream);
}

/// <summary>A connector's manifest as text.</summary>
/// <param name="FileName">The file's name as people know it, for errors.</param>
/// <param name="Yaml">The text.</param>
public sealed record ManifestFile(string FileName, string Yaml);
