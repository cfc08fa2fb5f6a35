using Penstock.Connectors.Streams;

namespace Penstock.Simulation.Invariants;

/// <summary>
/// Knows for each position of a slice which records the source gave on the way to it. A source that changes between two
/// attempts may give one position for different records: then there are several ways to it.
/// </summary>
public sealed class SourceWitness
{
    private const string End = "\0end";
    private const int MostWays = 24;
    private readonly Dictionary<(StreamSlice, string?), List<HashSet<string>>> _ways = [];

    /// <summary>Slices that the source refused for good at least once.</summary>
    public HashSet<StreamSlice> Refused { get; } = [];

    /// <summary>The source gave a page.</summary>
    public void Saw(StreamSlice slice, string? position, PageRead page, IReadOnlyList<string> uids)
    {
        (StreamSlice, string?) to = (slice, page.NextPosition ?? End);
        List<HashSet<string>> there = _ways.TryGetValue(to, out var known) ? known : _ways[to] = [];
        foreach (HashSet<string> way in WaysTo(slice, position).ToArray())
        {
            HashSet<string> longer = [.. way, .. uids];
            if (there.Count < MostWays && !there.Exists(one => one.SetEquals(longer)))
                there.Add(longer);
        }
    }

    /// <summary>The sets of records that the source gave on the way to a position, or to the end.</summary>
    public IReadOnlyList<HashSet<string>> WaysTo(StreamSlice slice, string? position, bool isEnd = false) =>
        position is null && !isEnd ? [[]] : _ways.GetValueOrDefault((slice, position ?? End)) ?? [];
}
