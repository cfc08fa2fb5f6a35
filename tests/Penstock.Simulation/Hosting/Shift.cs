namespace Penstock.Simulation.Hosting;

/// <summary>A worker's work on one message. It flows with the work, so that whoever is called can tell for which message.</summary>
/// <param name="BeganAt">When it began.</param>
/// <param name="Deadline">When it must stop gracefully, by the worker's clock.</param>
public sealed record Shift(DateTimeOffset BeganAt, DateTimeOffset Deadline)
{
    private static readonly AsyncLocal<Shift?> s_current = new();

    /// <summary>The one that goes on; null outside of messages.</summary>
    public static Shift? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>Whether the message is about a backfill.</summary>
    public bool IsBackfill { get; init; }

    /// <summary>Pages that were read after the deadline.</summary>
    public int LatePages { get; set; }
}
