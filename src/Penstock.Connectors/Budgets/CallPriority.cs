namespace Penstock.Connectors.Budgets;

/// <summary>Who goes first where calls are scarce.</summary>
public enum CallPriority
{
    /// <summary>What keeps data fresh: incremental runs, checks. It goes first.</summary>
    Live,

    /// <summary>What can wait: backfills use what live calls leave, and all of it when none of them waits.</summary>
    Backfill,
}

/// <summary>
/// The priority of all calls of the work that goes on. It flows with the work, as a trace does: what calls belong to is known
/// to the stage, while streams, their connector and its budget are shared by live work and backfills.
/// </summary>
public static class WorkPriority
{
    private static readonly AsyncLocal<CallPriority> Flowing = new();

    /// <summary>The priority of the work that goes on; <see cref="CallPriority.Live"/> unless something else was said.</summary>
    public static CallPriority Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
