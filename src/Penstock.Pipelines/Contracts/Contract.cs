namespace Penstock.Pipelines.Contracts;

/// <summary>What the records of a stream must be: one schema object of an Open Data Contract Standard document, and what the document says of it.</summary>
/// <param name="Id">The contract's id.</param>
/// <param name="Version">The contract's version.</param>
/// <param name="Properties">The properties of the stream's object.</param>
public sealed record Contract(string Id, string Version, IReadOnlyList<ContractProperty> Properties)
{
    /// <summary>The names of the top-level properties that are the primary key, in the order of their positions; empty if there is none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; } =
        [.. Properties.Where(property => property.PrimaryKeyPosition is not null).OrderBy(property => property.PrimaryKeyPosition).Select(property => property.Name)];

    /// <summary>The schema object's name; empty if the contract was made without a document.</summary>
    public string Name { get; init; } = "";

    /// <summary>ODCS <c>status</c>, for example <c>active</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>The tags of document and object.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Who answers for the data: the team's name, else the member whose role is owner; empty if the contract names nobody.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Where to ask: ODCS <c>support</c>, the channel with its address if there is one.</summary>
    public IReadOnlyList<string> Support { get; init; } = [];

    /// <summary>Every quality rule of the object and its properties that is run here.</summary>
    public IReadOnlyList<QualityRule> Rules { get; init; } = [];

    /// <summary>What the contract promises of the stream, as far as it is a span of time.</summary>
    public IReadOnlyList<ServiceLevel> ServiceLevels { get; init; } = [];

    /// <summary>What the contract says and isn't enforced here.</summary>
    public IReadOnlyList<ContractNote> Notes { get; init; } = [];

    /// <summary>How old the newest data may be: the service level <c>freshness</c>, else <c>latency</c>; null if neither is promised.</summary>
    public TimeSpan? Freshness => Promise("freshness") ?? Promise("latency");

    /// <summary>How long data is kept; null if the contract doesn't say.</summary>
    public TimeSpan? Retention => Promise("retention");

    private TimeSpan? Promise(string name) => ServiceLevels.FirstOrDefault(level => level.Property == name)?.Value;
}

/// <summary>A span of time that a contract promises.</summary>
/// <param name="Property">Which, by its long ODCS name: <c>latency</c>, <c>freshness</c>, <c>retention</c>, <c>frequency</c>.</param>
/// <param name="Value">The span; a month is 30 days, a year 365.</param>
/// <param name="Driver">Why it matters: <c>regulatory</c>, <c>operational</c>; may be empty.</param>
public sealed record ServiceLevel(string Property, TimeSpan Value, string Driver);

/// <summary>Something that a contract says and that isn't enforced here.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The path in the document.</param>
/// <param name="Text">What isn't enforced, and why.</param>
public sealed record ContractNote(int Line, string Path, string Text);
