namespace Penstock.Connectors.Budgets;

/// <summary>The calls that one credential may still make. Every call asks first and reports what the source said.</summary>
public interface IRateBudget
{
    /// <summary>Asks for one call. Waiting is a result: nothing blocks.</summary>
    /// <param name="call">The call that is to be made.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    ValueTask<BudgetAnswer> AskAsync(Call call, CancellationToken cancellationToken = default);

    /// <summary>Tells what the source answered, so that the budget learns its limits.</summary>
    /// <param name="call">The call that was made.</param>
    /// <param name="answer">The status and the headers.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    ValueTask LearnAsync(Call call, SourceAnswer answer, CancellationToken cancellationToken = default);
}

/// <summary>One HTTP call, as far as budgets look at it.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Url">The whole address.</param>
/// <param name="Headers">The headers that the connector declares, names in lower case.</param>
public sealed record Call(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers);

/// <summary>What the source answered, as far as budgets look at it.</summary>
/// <param name="Status">The HTTP status; 0 if there was no answer.</param>
/// <param name="Headers">All headers, names in lower case, repeated ones joined by a comma.</param>
public sealed record SourceAnswer(int Status, IReadOnlyDictionary<string, string> Headers);

/// <summary>The budget's answer.</summary>
public abstract record BudgetAnswer
{
    private protected BudgetAnswer() { }
}

/// <summary>The call may be made now.</summary>
public sealed record Granted : BudgetAnswer
{
    /// <summary>The one instance.</summary>
    public static Granted Instance { get; } = new();
}

/// <summary>The call must wait.</summary>
/// <param name="Until">When to ask again.</param>
/// <param name="Reason">Which limit, in words for an operator.</param>
public sealed record Wait(DateTimeOffset Until, string Reason) : BudgetAnswer;
