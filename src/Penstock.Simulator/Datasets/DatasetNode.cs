using System.Globalization;

namespace Penstock.Simulator;

/// <summary>A dataset in its place: under no parent, or under another.</summary>
internal sealed class DatasetNode
{
    private readonly int _seed;

    public DatasetNode(Dataset dataset, DatasetNode? parent, int seed)
    {
        Dataset = dataset;
        Parent = parent;
        _seed = unchecked(seed * 31 + (parent is null ? 0 : 1));
        Path = parent is null ? dataset.Name : $"{parent.Path}/{dataset.Name}";
        Total = dataset.Count * (parent?.Total ?? 1);
        Check.That(Total <= 1_000_000_000, nameof(Dataset.Count), $"{Total} in all for {Path}", "at most 1,000,000,000 over all parents");
        Writer = new RecordWriter(dataset, parent?.Dataset.Name, _seed);
        Served = new ServedRecords();
        Children = dataset.Children.ToDictionary(child => child.Name, child => new DatasetNode(child, this, _seed), StringComparer.Ordinal);
    }

    public Dataset Dataset { get; }
    public DatasetNode? Parent { get; }
    public string Path { get; }
    public long Total { get; }
    public RecordWriter Writer { get; }
    public ServedRecords Served { get; }
    public IReadOnlyDictionary<string, DatasetNode> Children { get; }

    public IEnumerable<DatasetNode> AndBelow() => Children.Values.SelectMany(child => child.AndBelow()).Prepend(this);

    /// <summary>How many records there are under this parent, by now.</summary>
    public long CountUnder(long parentIndex, DateTimeOffset now)
    {
        var count = Dataset.CountVaries ? (long)(Noise.Of(_seed ^ 0xC0DE, parentIndex) % (ulong)(Dataset.Count + 1)) : Dataset.Count;
        return Dataset.Live ? Math.Min(count, RecordRange.Through(Dataset, now)) : count;
    }

    /// <summary>The place of a record under its parent, from its id.</summary>
    public bool TryFind(string id, long parentIndex, DateTimeOffset now, out long index)
    {
        index = -1;
        return Dataset.Count > 0
            && id.StartsWith(Dataset.Name + "-", StringComparison.Ordinal)
            && long.TryParse(id.AsSpan(Dataset.Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index / Dataset.Count == parentIndex
            && index % Dataset.Count < CountUnder(parentIndex, now);
    }

    /// <summary>Every id there is by now.</summary>
    public IEnumerable<string> Ids(DateTimeOffset now)
    {
        for (long parent = 0; parent < (Parent?.Total ?? 1); parent++)
        {
            if (Parent is not null && !Parent.Exists(parent, now)) continue;
            var count = CountUnder(parent, now);
            for (long number = 0; number < count; number++) yield return Writer.IdOf(parent * Dataset.Count + number);
        }
    }

    private bool Exists(long index, DateTimeOffset now) =>
        index % Dataset.Count < CountUnder(index / Dataset.Count, now) && (Parent is null || Parent.Exists(index / Dataset.Count, now));
}
