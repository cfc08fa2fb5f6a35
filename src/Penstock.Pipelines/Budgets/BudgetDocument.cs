using System.Collections.Immutable;
using System.Globalization;
using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Budgets;

/// <summary>A credential's budget as a blob that all workers change, each change exactly once.</summary>
/// <param name="documents">Where it is kept.</param>
/// <param name="credential">The credential's name.</param>
/// <param name="worker">Names this worker among all.</param>
/// <param name="clock">Hears the store's clock.</param>
/// <param name="time">Our clock.</param>
internal sealed class BudgetDocument(DocumentStore documents, string credential, string worker, StoreClock clock, TimeProvider time)
{
    private const int Remembered = 32;
    private const int PatientConflicts = 2;
    private int _exchanges;

    // An exchange of which it isn't known whether it was stored, and the latest that was in the budget before it.
    private (string Id, string? After)? _uncertain;

    /// <summary>All budgets.</summary>
    public const string All = BlobAreas.State + "/budgets/";

    /// <summary>Where a credential's budget is.</summary>
    public static string NameOf(string credential) => $"{All}{BlobNames.Segment(credential)}.json";

    /// <summary>Changes the budget; <paramref name="change"/> may be called several times, the last time counts.</summary>
    /// <param name="change">Changes it; is told once what became of the exchange before this one, if that failed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The budget as it is now.</returns>
    public async ValueTask<BudgetState> ExchangeAsync(Func<BudgetState, EarlierExchange, BudgetState> change, CancellationToken cancellationToken)
    {
        string name = NameOf(credential);
        string id = string.Create(CultureInfo.InvariantCulture, $"{worker}-{Interlocked.Increment(ref _exchanges)}");
        for (int conflicts = 0; ; conflicts++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Document<BudgetState>? current = await HearAsync(documents.FindAsync<BudgetState>(name, cancellationToken));
            // The write was stored, only its answer was lost.
            if (conflicts > 0 && current?.Value.Exchanges.Contains(id) == true)
                return current.Value;

            if (current is null)
            {
                // The first of all workers hears the store's clock before it dates anything.
                await HearAsync(documents.CreateAsync(name, BudgetState.Empty, cancellationToken));
                continue;
            }

            BudgetState next = change(current.Value, TakeEarlier(current.Value));
            if (ReferenceEquals(next, current.Value))
                return next;
            next = next with { Exchanges = [.. next.Exchanges.Skip(Math.Max(0, next.Exchanges.Length - Remembered + 1)), id] };
            if (await StoreAsync(current, next, id, cancellationToken))
                return next;
            if (conflicts >= PatientConflicts)
                await Task.Delay(Apart(id, conflicts), time, cancellationToken);
        }
    }

    private async ValueTask<bool> StoreAsync(Document<BudgetState> current, BudgetState next, string id, CancellationToken cancellationToken)
    {
        // Only a failure leaves it open.
        _uncertain = (id, current.Value.Exchanges.LastOrDefault());
        bool isStored = await HearAsync(documents.ReplaceAsync(current, next, cancellationToken)) is not null;
        _uncertain = null;
        return isStored;
    }

    private EarlierExchange TakeEarlier(BudgetState state)
    {
        if (_uncertain is not { } uncertain)
            return EarlierExchange.None;
        _uncertain = null;
        return state.Exchanges.Contains(uncertain.Id) ? EarlierExchange.Stored
            : state.Exchanges.Length < Remembered || (uncertain.After is { } after && state.Exchanges.Contains(after)) ? EarlierExchange.Lost
            : EarlierExchange.Forgotten;
    }

    private async ValueTask<Document<BudgetState>?> HearAsync(ValueTask<Document<BudgetState>?> exchange)
    {
        DateTimeOffset asked = time.GetUtcNow();
        Document<BudgetState>? document = await exchange;
        clock.Hear(asked, time.GetUtcNow(), document?.StoreTime);
        return document;
    }

    // Workers that met come back at different times, the more apart the more often they met.
    private static TimeSpan Apart(string id, int conflicts) =>
        TimeSpan.FromMilliseconds(1 + StableHash.Of($"{id} {conflicts}", 8 << Math.Min(conflicts, 5)));
}

/// <summary>What became of an exchange whose write failed.</summary>
internal enum EarlierExchange
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>It was stored all the same.</summary>
    Stored,

    /// <summary>It wasn't stored.</summary>
    Lost,

    /// <summary>It can't be told any more: others have made many since.</summary>
    Forgotten,
}
