namespace Penstock.Pipelines.Refreshes;

/// <summary>What a complete run of a stream with <c>deletes: { missing: true }</c> says of the records that came before it.</summary>
/// <param name="Gone">How many records it didn't bring any more: they are deleted.</param>
/// <param name="Reason">Why nothing was deleted, whatever didn't come; null if it was compared.</param>
public sealed record RefreshFinding(long Gone, string? Reason = null);
