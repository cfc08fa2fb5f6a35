using System.Text;

namespace Penstock.Cli.LocalHost.EventHubs;

/// <summary>Gives each event a partition: that of its key, or the next in turn.</summary>
internal sealed class Partitions
{
    /// <summary>How many partitions each Event Hub has here.</summary>
    public const int Count = 4;

    private int _turn = -1;

    /// <summary>The partition of a key: the same in every process.</summary>
    public static int Of(string key)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(key))
            hash = (hash ^ b) * 16777619;
        return (int)(hash % Count);
    }

    /// <summary>The next partition in turn.</summary>
    public int Next() => (int)((uint)Interlocked.Increment(ref _turn) % Count);
}
