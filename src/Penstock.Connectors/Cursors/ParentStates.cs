using Penstock.Connectors.Values;

namespace Penstock.Connectors.Cursors;

/// <summary>
/// Lets the parents' states advance only when all partitions are read that were found before: a crash between must find
/// them again.
/// </summary>
internal sealed class ParentStates
{
    private readonly LinkedList<(string Partition, DictValue? State)> _open = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);

    /// <summary>The parents' states that may be kept; null if there are none yet.</summary>
    public DictValue? Latest { get; set; }

    /// <summary>A partition was found.</summary>
    public void Generated(string partition, Func<DictValue?> parents)
    {
        if (_known.Add(partition)) _open.AddLast((partition, parents()));
    }

    /// <summary>A partition is read.</summary>
    public void Closed(string partition)
    {
        _closed.Add(partition);
        while (_open.First is { } first && _closed.Remove(first.Value.Partition))
        {
            Latest = first.Value.State ?? Latest;
            _open.RemoveFirst();
        }
    }
}
