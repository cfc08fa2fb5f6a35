namespace Penstock.Connectors.Streams;

/// <summary>What planning gave: slices, a wait, or a failure.</summary>
public abstract record PlanStep
{
    private protected PlanStep() { }
}

/// <summary>Some slices, in order.</summary>
/// <param name="Slices">The slices; may be empty.</param>
/// <param name="NextPosition">Where planning goes on after these; null if these are the last.</param>
public sealed record SlicesPlanned(IReadOnlyList<StreamSlice> Slices, string? NextPosition) : PlanStep
{
    /// <summary>
    /// What was read of parents that are read incrementally. Once all slices of the plan are landed their cursors may move
    /// over it (<see cref="IStream.Parent"/>); before, a slice that fails could be lost.
    /// </summary>
    public IReadOnlyList<ParentRead> Parents { get; init; } = [];
}

/// <summary>A slice of a parent stream that was read to its end.</summary>
/// <param name="Path">The parent's name; the names of its child and of that one's child before it, if it is a parent's parent.</param>
/// <param name="Complete">The slice.</param>
public sealed record ParentRead(IReadOnlyList<string> Path, CompleteSlice Complete);

/// <summary>The quota or the source asks to wait: go on at <paramref name="Until"/> from the last position.</summary>
/// <param name="Until">When to go on.</param>
/// <param name="Reason">Why, in words for an operator.</param>
public sealed record PlanWaits(DateTimeOffset Until, string Reason) : PlanStep
{
    /// <summary>The failure that is waited for to pass, which counts as one; null if it is the quota or the source's wish.</summary>
    public SourceError? Failure { get; init; }
}

/// <summary>The source refused or answered what can't be read.</summary>
/// <param name="Error">What went wrong.</param>
public sealed record PlanFailed(SourceError Error) : PlanStep;
