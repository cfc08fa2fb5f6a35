namespace Penstock.Simulation.Faults;

/// <summary>What can go wrong with each kind of call.</summary>
public static class FaultModes
{
    private static readonly FaultMode[] s_reads = [FaultMode.Before, FaultMode.KillBefore, FaultMode.StallAfter];
    private static readonly FaultMode[] s_conditionals =
        [FaultMode.Before, FaultMode.After, FaultMode.Lost, FaultMode.KillBefore, FaultMode.KillAfter, FaultMode.StallBefore, FaultMode.StallAfter];
    private static readonly FaultMode[] s_sends =
        [FaultMode.Before, FaultMode.After, FaultMode.Twice, FaultMode.KillBefore, FaultMode.KillAfter, FaultMode.StallBefore, FaultMode.StallAfter];
    private static readonly FaultMode[] s_upserts =
        [FaultMode.Before, FaultMode.After, FaultMode.Partial, FaultMode.KillBefore, FaultMode.KillAfter, FaultMode.StallBefore, FaultMode.StallAfter];
    private static readonly FaultMode[] s_completes = [FaultMode.Before, FaultMode.After, FaultMode.KillBefore, FaultMode.StallBefore];
    private static readonly FaultMode[] s_sources =
        [FaultMode.Before, FaultMode.After, FaultMode.Throttle, FaultMode.Nonsense, FaultMode.KillBefore, FaultMode.StallAfter];

    /// <summary>The modes of a kind of call.</summary>
    public static IReadOnlyList<FaultMode> Of(CallKind kind) => kind switch
    {
        CallKind.Put or CallKind.Replace or CallKind.Delete => s_conditionals,
        CallKind.Send => s_sends,
        CallKind.Upsert => s_upserts,
        CallKind.Complete => s_completes,
        CallKind.Page or CallKind.Plan or CallKind.Http => s_sources,
        _ => s_reads,
    };
}
