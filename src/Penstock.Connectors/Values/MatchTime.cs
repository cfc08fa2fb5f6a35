namespace Penstock.Connectors.Values;

/// <summary>
/// How long a regular expression may match. It is there for patterns that would never end; it counts time that passes, not work
/// that is done, so that it must be longer than a machine that is shared, paused or overloaded ever stands still.
/// </summary>
public static class MatchTime
{
    /// <summary>The longest, in milliseconds, for patterns that are known when Penstock is compiled: 30 s.</summary>
    public const int Milliseconds = 30_000;

    /// <summary>The longest: 30 s.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(Milliseconds);
}
