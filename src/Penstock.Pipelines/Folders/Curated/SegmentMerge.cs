namespace Penstock.Pipelines.Folders.Curated;

/// <summary>
/// Reads several segments as one, in order of part, key and version. Of entries with the same key and version that of the newest
/// segment counts.
/// </summary>
internal sealed class SegmentMerge : IDisposable
{
    private readonly List<SegmentReader> _all;
    // Those that aren't at their end, in order of what they stand on; of equals the newer segment first.
    private readonly List<SegmentReader> _open = [];
    private bool _isBegun;

    /// <param name="segments">The segments' files, the oldest first.</param>
    public SegmentMerge(IEnumerable<string> segments) => _all = [.. segments.Select((path, age) => new SegmentReader(path, age))];

    /// <summary>The entry that it stands on, valid until <see cref="Read"/> is called.</summary>
    public SegmentEntry Current => _open[0].Current;

    /// <summary>Goes to the next entry; false at the end.</summary>
    public bool Read()
    {
        if (!_isBegun)
        {
            _isBegun = true;
            foreach (SegmentReader reader in _all)
                Advance(reader);
            return _open.Count > 0;
        }

        // What is hidden by the current entry goes with it.
        while (_open.Count > 1 && _open[1].OrderTo(_open[0]) == 0)
            Advance(Take(1));
        if (_open.Count == 1)
        {
            if (!_open[0].Read())
                _open.Clear();
        }
        else
            Advance(Take(0));
        return _open.Count > 0;
    }

    public void Dispose() => _all.ForEach(reader => reader.Dispose());

    private SegmentReader Take(int index)
    {
        SegmentReader reader = _open[index];
        _open.RemoveAt(index);
        return reader;
    }

    private void Advance(SegmentReader reader)
    {
        if (!reader.Read())
            return;
        int low = 0, high = _open.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            int order = reader.OrderTo(_open[middle]);
            if (order > 0 || (order == 0 && reader.Age < _open[middle].Age))
                low = middle + 1;
            else
                high = middle;
        }

        _open.Insert(low, reader);
    }
}
