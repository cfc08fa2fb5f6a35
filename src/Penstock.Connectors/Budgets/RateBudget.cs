namespace Penstock.Connectors.Budgets;

/// <summary>A budget within one process: declared limits, learned ones and a speed found by trying, all at once.</summary>
/// <param name="rules">What is declared.</param>
/// <param name="time">The clock.</param>
/// <param name="state">What an earlier budget of the same credential knew; nothing if null.</param>
public sealed class RateBudget(BudgetRules rules, TimeProvider time, BudgetState? state = null) : IRateBudget
{
    private readonly Lock _lock = new();
    private BudgetState _state = state ?? BudgetState.Empty;

    /// <summary>What the budget knows.</summary>
    public BudgetState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<BudgetAnswer> AskAsync(Call call, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            (var answer, _state) = _state.Ask(rules, call, time.GetUtcNow(), WorkPriority.Current);
            return new(answer);
        }
    }

    /// <inheritdoc/>
    public ValueTask LearnAsync(Call call, SourceAnswer answer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _state = _state.Learn(rules, call, answer, time.GetUtcNow());
        }

        return default;
    }
}
