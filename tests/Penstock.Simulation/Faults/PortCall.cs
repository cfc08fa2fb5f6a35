namespace Penstock.Simulation.Faults;

/// <summary>One call of a worker to the world around it.</summary>
/// <param name="Number">Counts all calls of a run, from 0.</param>
/// <param name="Worker">The worker's number.</param>
/// <param name="Kind">What it calls.</param>
/// <param name="Name">The blob, queue or page.</param>
public readonly record struct PortCall(int Number, int Worker, CallKind Kind, string Name);

/// <summary>The calls that a worker makes.</summary>
public enum CallKind
{
    Get,
    Open,
    List,
    Put,
    Replace,
    Delete,
    Send,
    Complete,
    Upsert,
    Find,
    Secret,
    Page,
    Plan,
    Http,
}

/// <summary>What goes wrong with a call.</summary>
public enum FaultMode
{
    None,

    /// <summary>It fails and has no effect: 503 with Retry-After.</summary>
    Before,

    /// <summary>It takes effect, and its caller is told that it failed.</summary>
    After,

    /// <summary>It takes effect, and the SDK's own second try meets it: a conditional write reports a conflict.</summary>
    Lost,

    /// <summary>It takes effect twice: the SDK's own second try of a message.</summary>
    Twice,

    /// <summary>Half of a batch takes effect, then it fails.</summary>
    Partial,

    /// <summary>The worker dies before it.</summary>
    KillBefore,

    /// <summary>The worker dies after it took effect.</summary>
    KillAfter,

    /// <summary>It hangs before it takes effect, long enough that messages come again, and mostly that leases end.</summary>
    StallBefore,

    /// <summary>It takes effect, and its answer hangs as long.</summary>
    StallAfter,

    /// <summary>The source asks to wait.</summary>
    Throttle,

    /// <summary>The source answers 200 with what isn't a page.</summary>
    Nonsense,
}
