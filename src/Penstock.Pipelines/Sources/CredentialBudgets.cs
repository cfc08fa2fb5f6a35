using System.Collections.Concurrent;
using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Sources;

/// <summary>
/// One budget for each credential, whatever the number of pipelines and streams that use it: they share its document. Each
/// connector brings the limits that it declares.
/// </summary>
/// <param name="documents">Where budgets are shared.</param>
/// <param name="ids">Names this worker.</param>
/// <param name="time">The clock.</param>
public sealed class CredentialBudgets(DocumentStore documents, IIdSource ids, TimeProvider time) : IDisposable, IAsyncDisposable
{
    private readonly ConcurrentBag<SharedRateBudget> _given = [];

    /// <summary>Gives a connector's view of a credential's budget.</summary>
    /// <param name="credential">Names the credential, see <see cref="NameOf(Pipeline, IReadOnlyList{string})"/>.</param>
    /// <param name="rules">The limits that are declared.</param>
    public IRateBudget For(string credential, BudgetRules rules)
    {
        var budget = new SharedRateBudget(documents, credential, rules, time, ids.Next());
        _given.Add(budget);
        return budget;
    }

    /// <summary>Stops what budgets do by themselves.</summary>
    public void Dispose()
    {
        foreach (SharedRateBudget budget in _given)
            budget.Dispose();
    }

    /// <summary>Stops what budgets do by themselves; nothing is written any more afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (SharedRateBudget budget in _given)
            await budget.DisposeAsync();
    }

    /// <summary>
    /// Names a pipeline's credential by the names of its secrets, never by their values: pipelines that use the same secrets
    /// share what the source grants them. A pipeline without secrets has a budget of its own.
    /// </summary>
    public static string NameOf(Pipeline pipeline, IReadOnlyList<string> secrets) =>
        secrets.Count == 0 ? $"pipeline.{pipeline.Name}" : $"secrets.{string.Join('+', secrets)}";

    /// <summary>Names the credential that a pipeline calls with; null if it calls nobody.</summary>
    public static string? NameOf(Pipeline pipeline) => pipeline.Manifest is null ? null : NameOf(pipeline, ConfigResolver.NamesIn(pipeline.Config));
}
