namespace Penstock.Connectors.Budgets;

/// <summary>What holds calls up.</summary>
/// <param name="At">Until when.</param>
/// <param name="Reason">What it is, for people.</param>
/// <param name="Kind">What kind of thing it is.</param>
internal readonly record struct Waiting(DateTimeOffset At, string Reason, WaitKind Kind);

/// <summary>Why calls wait.</summary>
internal enum WaitKind
{
    /// <summary>For some time to come.</summary>
    Other,

    /// <summary>For a declared window, which others have used up.</summary>
    Window,

    /// <summary>For their turn where calls are spread evenly.</summary>
    Turn,
}
