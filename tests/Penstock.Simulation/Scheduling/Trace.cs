using System.Globalization;

namespace Penstock.Simulation.Scheduling;

/// <summary>What happened, in order: as a hash always, as text if somebody reads it.</summary>
/// <param name="time">The world's clock.</param>
/// <param name="lines">Where the text goes; null for the hash alone.</param>
public sealed class Trace(TimeProvider time, Action<string>? lines)
{
    private const ulong Prime = 1099511628211;

    /// <summary>Two runs that did the same have the same hash.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Whether the text is read.</summary>
    public bool IsRead => lines is not null;

    /// <summary>Notes an event.</summary>
    public void Add(int worker, int kind, int mode, string name)
    {
        Mix((ulong)time.GetUtcNow().UtcTicks);
        Mix(((ulong)worker << 16) | ((ulong)kind << 8) | (uint)mode);
        foreach (char c in name)
            Mix(c);
    }

    /// <summary>Writes a line for whoever reads along.</summary>
    public void Write(string text) =>
        lines?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss.fff} {text}"));

    private void Mix(ulong value) => Hash = (Hash ^ value) * Prime;
}
