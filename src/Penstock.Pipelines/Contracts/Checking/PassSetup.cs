using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>What the records of a stream are checked against. Safe for use by several threads.</summary>
internal sealed class PassSetup
{
    private readonly ILookup<string, QualityRule> _rules;

    public PassSetup(Contract? contract, DriftPolicy policy)
    {
        (Contract, Policy) = (contract, policy);
        _rules = (contract?.Rules ?? []).Where(IsAboutValues).ToLookup(rule => rule.Path);
        DuplicateRules = [.. (contract?.Rules ?? []).Where(rule => rule.Metric == QualityMetric.DuplicateValues)];
    }

    public Contract? Contract { get; }

    public DriftPolicy Policy { get; }

    /// <summary>The stream's key: paths into the record, their parts joined by dots.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Whether the values of a path may leave no trace in figures, whatever the contract says of them.</summary>
    public Func<string, bool> IsSensitive { get; init; } = _ => false;

    /// <summary>Whether the records are about people, who may be erased: a least value is somebody's, and figures outlive their records.</summary>
    public bool IsAboutPeople { get; init; }

    /// <summary>The columns that are known beside the contract's; null: none is known yet, so that none is new.</summary>
    public IReadOnlySet<string>? Baseline { get; init; }

    public IReadOnlyList<QualityRule> DuplicateRules { get; }

    public IEnumerable<RuleCounter> RulesOf(string path) => _rules[path].Select(rule => new RuleCounter(rule));

    /// <summary>Whether the least and the greatest value of a column may be kept: never of what is classified, unless as public.</summary>
    public bool KeepsRange(ContractProperty? property, string path) =>
        property is not null && (property.Classification == "public" || (property.Classification.Length == 0 && !IsAboutPeople)) && !IsSensitive(path);

    /// <summary>Whether a column that the contract doesn't declare is known. What Receive adds to pushed records always is.</summary>
    public bool Knows(string path) =>
        path == "_event" || (Contract is null || Policy.NewColumn == DriftMode.Evolve ? Baseline?.Contains(path) ?? true : false);

    private static bool IsAboutValues(QualityRule rule) =>
        rule.Metric is QualityMetric.NullValues or QualityMetric.MissingValues or QualityMetric.InvalidValues;
}
