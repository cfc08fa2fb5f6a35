using System.Collections.Concurrent;
using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;

namespace Penstock.Pipelines.Sources;

/// <summary>One budget for each credential, whatever the number of pipelines and streams that use it.</summary>
/// <param name="documents">Where budgets are shared.</param>
/// <param name="time">The clock.</param>
public sealed class CredentialBudgets(DocumentStore documents, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, IRateBudget> _budgets = new(StringComparer.Ordinal);

    /// <summary>Gives the budget of a credential; the first to ask declares its limits.</summary>
    /// <param name="credential">Names the credential, see <see cref="NameOf"/>.</param>
    /// <param name="rules">The limits that its connector declares.</param>
    public IRateBudget For(string credential, BudgetRules rules) =>
        _budgets.GetOrAdd(credential, static (name, given) => new SharedRateBudget(given.documents, name, given.rules, given.time), (documents, rules, time));

    /// <summary>
    /// Names a pipeline's credential by the names of its secrets, never by their values: pipelines that use the same secrets
    /// share what the source grants them. A pipeline without secrets has a budget of its own.
    /// </summary>
    public static string NameOf(Pipeline pipeline, IReadOnlyList<string> secrets) =>
        secrets.Count == 0 ? $"pipeline.{pipeline.Name}" : $"secrets.{string.Join('+', secrets)}";
}
