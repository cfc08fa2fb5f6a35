using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Sources;

namespace Penstock.Http.Operate.Budgets;

/// <summary>Which pipelines call with which credential.</summary>
/// <param name="entries">The pipelines.</param>
internal sealed class BudgetUsers(IReadOnlyList<PipelineEntry> entries)
{
    private readonly ILookup<string, string> _pipelines = entries.OfType<UsablePipeline>()
        .Select(entry => (entry.Pipeline.Name, Credential: CredentialBudgets.NameOf(entry.Pipeline)))
        .Where(user => user.Credential is not null)
        .ToLookup(user => user.Credential!, user => user.Name, StringComparer.Ordinal);

    /// <summary>The credentials that pipelines have.</summary>
    public IEnumerable<string> Credentials => _pipelines.Select(credential => credential.Key);

    /// <summary>The pipelines that call with a credential.</summary>
    public IReadOnlyList<string> Of(string credential) => [.. _pipelines[credential]];
}
