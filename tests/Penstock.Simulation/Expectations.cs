using Penstock.Pipelines.Stages;

namespace Penstock.Simulation;

/// <summary>What a scenario did that must show in the end.</summary>
public sealed class Expectations
{
    // Resumes that were begun, and those that aren't over.
    private int _resumes;
    private int _resuming;

    /// <summary>Backfills that were begun, with the ids of their runs.</summary>
    public List<(StartBackfill Wish, string Run)> Backfills { get; } = [];

    /// <summary>The ids of replays that were begun, with the blobs that were committed by then.</summary>
    public Dictionary<string, HashSet<string>> Replays { get; } = [];

    /// <summary>Runs that an operator has cancelled.</summary>
    public List<RunReference> Cancelled { get; } = [];

    /// <summary>Whether a message was lost: it was given up, or a queue was emptied. Only then has Watch anything to mend.</summary>
    public bool MayHaveLostMessages { get; set; }

    /// <summary>Whether an operator has set cursors back: they may be earlier than what is landed.</summary>
    public bool CursorsSetBack { get; set; }

    /// <summary>Since when an operator's pause of the pipeline is stored; null if there is none, or nobody can say.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    /// <summary>Payloads that aren't JSON, as base64: all of them end in quarantine.</summary>
    public HashSet<string> Noise { get; } = [];

    /// <summary>An operator pauses the pipeline. What is resumed meanwhile may have come before or after: then nothing is expected.</summary>
    public async Task PauseAsync<T>(TimeProvider time, Func<ValueTask<T>> pause)
    {
        int before = _resumes;
        await pause();
        if (_resumes == before && _resuming == 0)
            PausedSince ??= time.GetUtcNow();
    }

    /// <summary>An operator resumes it.</summary>
    public async Task ResumeAsync<T>(Func<ValueTask<T>> resume)
    {
        PausedSince = null;
        _resumes++;
        _resuming++;
        try
        {
            await resume();
        }
        finally
        {
            _resuming--;
        }
    }
}
