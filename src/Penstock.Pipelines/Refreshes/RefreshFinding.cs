namespace Penstock.Pipelines.Refreshes;

/// <summary>What a complete run of a stream with <c>deletes: { missing: true }</c> says of the records that came before it.</summary>
/// <param name="Gone">How many records it didn't bring any more: they are deleted.</param>
/// <param name="Reason">Why nothing was deleted, whatever didn't come; null if it was compared.</param>
public sealed record RefreshFinding(long Gone, string? Reason = null) : RefreshStep;

/// <summary>Where a comparison has come to.</summary>
public abstract record RefreshStep
{
    private protected RefreshStep() { }
}

/// <summary>It goes on: a pass is done.</summary>
/// <param name="Progress">How far it is.</param>
public sealed record RefreshGoesOn(RefreshProgress Progress) : RefreshStep;
