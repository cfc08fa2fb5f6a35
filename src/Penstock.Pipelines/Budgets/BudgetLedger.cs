using System.Runtime.CompilerServices;
using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Budgets;

/// <summary>Shows budgets to operators, and pauses them.</summary>
/// <param name="documents">Where budgets are.</param>
/// <param name="blobs">Where they are listed.</param>
/// <param name="time">The clock.</param>
public sealed class BudgetLedger(DocumentStore documents, IBlobStore blobs, TimeProvider time)
{
    private readonly DocumentFolder<BudgetState> _all = new(blobs, documents, BudgetDocument.All);

    /// <summary>Every credential's budget, in order of their names.</summary>
    public async IAsyncEnumerable<BudgetReport> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Document<BudgetState> found in await _all.ReadAsync(cancellationToken))
            yield return Report(CredentialIn(found.Name), found.Value);
    }

    /// <summary>One credential's budget; null if it was never used nor paused.</summary>
    public async ValueTask<BudgetReport?> FindAsync(string credential, CancellationToken cancellationToken = default) =>
        await documents.FindAsync<BudgetState>(BudgetDocument.NameOf(credential), cancellationToken) is { } found ? Report(credential, found.Value) : null;

    /// <summary>
    /// Pauses a credential, or takes its pause back. While it is paused no worker makes a call with it; workers may still make the
    /// few calls that they have reserved, for a second at most. Its slices go back to their queue until then.
    /// </summary>
    /// <param name="credential">The credential's name.</param>
    /// <param name="pause">The pause; null to take it back.</param>
    /// <param name="version">The report's version that the operator saw; null for whatever there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The budget as it is now; null if operators said something else since <paramref name="version"/>.</returns>
    public async ValueTask<BudgetReport?> SetPauseAsync(string credential, BudgetPause? pause, string? version, CancellationToken cancellationToken = default)
    {
        bool isChanged = false;
        Document<BudgetState>? document = await documents.ChangeAsync<BudgetState>(
            BudgetDocument.NameOf(credential),
            state =>
            {
                isChanged = version is not null && Report(credential, state ?? BudgetState.Empty).Version != version;
                return isChanged || (state?.Pause is null && pause is null) ? null : (state ?? BudgetState.Empty) with { Pause = pause };
            },
            cancellationToken);
        return isChanged ? null : Report(credential, document?.Value ?? BudgetState.Empty);
    }

    private BudgetReport Report(string credential, BudgetState state)
    {
        DateTimeOffset now = time.GetUtcNow();
        BudgetPauseReport? pause = state.Pause is { } paused && (paused.Until is null || paused.Until > now) ? new(paused.Until, paused.Reason, paused.At, paused.By) : null;
        return new BudgetReport(credential, pause, [.. state.Scopes.OrderBy(scope => scope.Key, StringComparer.Ordinal).Select(scope => ScopeReports.Of(scope.Key, scope.Value, now))]);
    }

    private static string CredentialIn(string name) => BlobNames.Text(name[BudgetDocument.All.Length..^".json".Length]);
}
