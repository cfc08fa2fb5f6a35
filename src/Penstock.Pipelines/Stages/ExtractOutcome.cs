namespace Penstock.Pipelines.Stages;

/// <summary>What became of an extract message. All of them mean that the message is done: what is left was sent again.</summary>
public abstract record ExtractOutcome
{
    private protected ExtractOutcome() { }
}

/// <summary>The slice is read to its end, now or before.</summary>
/// <param name="Records">How many records it has.</param>
public sealed record SliceLanded(long Records) : ExtractOutcome;

/// <summary>The slice goes on at a later time: quota, time limit, a failure that may pass, or somebody else who reads it.</summary>
/// <param name="Until">When it goes on.</param>
/// <param name="Reason">Why, in words for an operator.</param>
public sealed record SliceDeferred(DateTimeOffset Until, string Reason) : ExtractOutcome;

/// <summary>The slice failed for good.</summary>
/// <param name="Reason">Why, and what to do.</param>
public sealed record SliceFailed(string Reason) : ExtractOutcome;

/// <summary>There is nothing to do: the run has ended or is gone, or another attempt took the slice over.</summary>
/// <param name="Reason">Why.</param>
public sealed record SliceDropped(string Reason) : ExtractOutcome;
