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
    /// <summary>Every credential's budget, in order of their names.</summary>
    public async IAsyncEnumerable<BudgetReport> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(BudgetDocument.All, cancellationToken))
        {
            if (await documents.FindAsync<BudgetState>(entry.Name, cancellationToken) is { } found)
                yield return Report(CredentialIn(entry.Name), found.Value);
        }
    }

    /// <summary>One credential's budget; null if it was never used nor paused.</summary>
    public async ValueTask<BudgetReport?> FindAsync(string credential, CancellationToken cancellationToken = default) =>
        await documents.FindAsync<BudgetState>(BudgetDocument.NameOf(credential), cancellationToken) is { } found ? Report(credential, found.Value) : null;

    /// <summary>
    /// Pauses a credential: no worker makes a call with it from now on. Workers may still make the few calls that they have
    /// reserved, for a second at most. Its slices go back to their queue until then.
    /// </summary>
    /// <param name="credential">The credential's name.</param>
    /// <param name="until">Until when; null until it is resumed.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Ends the pausing.</param>
    public async ValueTask PauseAsync(string credential, DateTimeOffset? until, string reason, CancellationToken cancellationToken = default) =>
        await documents.ChangeAsync<BudgetState>(
            BudgetDocument.NameOf(credential), state => (state ?? BudgetState.Empty) with { Pause = new BudgetPause(until, reason) }, cancellationToken);

    /// <summary>Takes a pause back; says false if there was none.</summary>
    public async ValueTask<bool> ResumeAsync(string credential, CancellationToken cancellationToken = default)
    {
        bool wasPaused = false;
        await documents.ChangeAsync<BudgetState>(
            BudgetDocument.NameOf(credential),
            state =>
            {
                wasPaused = state?.Pause is not null;
                return wasPaused ? state! with { Pause = null } : null;
            },
            cancellationToken);
        return wasPaused;
    }

    private BudgetReport Report(string credential, BudgetState state)
    {
        DateTimeOffset now = time.GetUtcNow();
        BudgetPauseReport? pause = state.Pause is { } paused && (paused.Until is null || paused.Until > now) ? new(paused.Until, paused.Reason) : null;
        return new BudgetReport(credential, pause, [.. state.Scopes.OrderBy(scope => scope.Key, StringComparer.Ordinal).Select(scope => ScopeReports.Of(scope.Key, scope.Value, now))]);
    }

    private static string CredentialIn(string name) => BlobNames.Text(name[BudgetDocument.All.Length..^".json".Length]);
}
