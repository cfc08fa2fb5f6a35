namespace Penstock.Functions.Hosting;

/// <summary>How long a function may work.</summary>
/// <param name="time">The clock.</param>
public sealed class WorkLimits(TimeProvider time)
{
    /// <summary>
    /// How long a stage may work before it must stop gracefully and put itself back: 5 minutes. Half of host.json's
    /// <c>functionTimeout</c>, because a page that is being read is read to its end, and because a platform update leaves a
    /// function 10 minutes.
    /// </summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    /// <summary>When a function that starts now must stop.</summary>
    public DateTimeOffset Deadline => time.GetUtcNow() + TimeLimit;
}
