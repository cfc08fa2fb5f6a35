namespace Penstock.Pipelines.Refreshes;

/// <summary>How far a run's comparison with what came before it is: so many keys are compared at once, in a pass over all raw blobs.</summary>
/// <param name="Passes">How many passes there are.</param>
/// <param name="Done">How many are done: what they found gone is landed.</param>
/// <param name="Gone">How many records these found gone.</param>
public sealed record RefreshProgress(int Passes, int Done, long Gone);

/// <summary>How runs are compared.</summary>
/// <param name="KeysAtOnce">How many keys memory holds at once, a few dozen bytes each; default 4 million.</param>
public sealed record RefreshOptions(long KeysAtOnce = 4_000_000);
