using System.Text.Json;
using Penstock.Pipelines.Lineage;

namespace Penstock.Pipelines.Catalogue;

/// <summary>What there is to know of a stream: what its data is, who answers for it, how fresh and how much it is.</summary>
public sealed record CatalogEntry
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary><c>pulled</c> or <c>received</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the pipeline brings; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who answers for it: the contract's owner, else the pipeline's; may be empty.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Where to ask.</summary>
    public IReadOnlyList<string> Support { get; init; } = [];

    /// <summary>The contract; null if there is none.</summary>
    public CatalogContract? Contract { get; init; }

    /// <summary>The tags of the contract.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The primary key's paths; empty if it is the connector's.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The field that orders versions; null if it is the connector's cursor or the order of landing.</summary>
    public string? Version { get; init; }

    /// <summary>The innermost fields of the curated records.</summary>
    public IReadOnlyList<CatalogField> Fields { get; init; } = [];

    /// <summary>Where it comes from.</summary>
    public IReadOnlyList<Dataset> Sources { get; init; } = [];

    /// <summary>Where it lands.</summary>
    public required Dataset Raw { get; init; }

    /// <summary>Where it is curated.</summary>
    public required Dataset Curated { get; init; }

    /// <summary>How fresh it is.</summary>
    public CatalogFreshness Freshness { get; init; } = new(null, null, null, null);

    /// <summary>What was transformed within the last 24 hours.</summary>
    public CatalogVolume Volume { get; init; } = new(0, 0);

    /// <summary>The last run that ended; null if none has, or nothing is pulled.</summary>
    public CatalogRun? LastRun { get; init; }

    /// <summary>Some curated records; what is classified and not masked by the pipeline is hidden here. Null where they weren't asked for.</summary>
    public IReadOnlyList<JsonElement>? Samples { get; init; }
}

/// <summary>A contract in short.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Status">Its status; may be empty.</param>
/// <param name="Rules">How many quality rules it has.</param>
public sealed record CatalogContract(string Id, string Version, string Status, int Rules);

/// <summary>A field.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Type">Its logical type.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Unique">Whether no two records have the same value.</param>
/// <param name="Classification">Its classification; may be empty.</param>
/// <param name="Change">What becomes of the value on its way: <c>identity</c>, or what the pipeline does with it.</param>
/// <param name="IsMasked">Whether the value can't be read any more.</param>
public sealed record CatalogField(string Path, string Type, bool Required, bool Unique, string Classification, string Change, bool IsMasked)
{
    /// <summary>The values that the contract allows, as JSON; null for any.</summary>
    public IReadOnlyList<string?>? Values { get; init; }
}

/// <summary>How fresh a stream is.</summary>
/// <param name="PromisedSeconds">What is promised; null for nothing.</param>
/// <param name="Until">Everything until then is there; null if that isn't known.</param>
/// <param name="LagSeconds">How long ago that is.</param>
/// <param name="IsKept">Whether the promise is kept; null if there is none, or nothing is known.</param>
public sealed record CatalogFreshness(double? PromisedSeconds, DateTimeOffset? Until, double? LagSeconds, bool? IsKept);

/// <summary>How much it was within a day.</summary>
/// <param name="Read">Records read.</param>
/// <param name="Quarantined">Of those, records set aside.</param>
public sealed record CatalogVolume(long Read, long Quarantined);

/// <summary>A run in short.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">How it ended.</param>
/// <param name="EndedAt">When.</param>
/// <param name="Landed">Records landed.</param>
public sealed record CatalogRun(string Id, string Status, DateTimeOffset EndedAt, long Landed);

/// <summary>The catalogue.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Items">The streams, by pipeline and name.</param>
public sealed record DataCatalog(DateTimeOffset At, IReadOnlyList<CatalogEntry> Items);
