using System.Buffers;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Records;

/// <summary>
/// The records of a page: slices of the response where nothing changed them, and of a second buffer where something did. It
/// is filled, given away, and cleared for the next page.
/// </summary>
internal sealed class PageRecords : IDisposable
{
    private readonly List<Place> _places = [];
    private readonly List<ReadOnlyMemory<byte>> _records = [];
    private readonly PageBuffer _changed = new();

    private readonly record struct Place(int Start, int Length, bool IsChanged);

    /// <summary>How many records there are.</summary>
    public int Count => _places.Count;

    /// <summary>Adds a record that stands in the response as it is.</summary>
    public void Add(RecordSpan span) => _places.Add(new Place(span.Start, span.Length, false));

    /// <summary>Begins a record that is written to the buffer that is given.</summary>
    public IBufferWriter<byte> Begin(out int start)
    {
        start = _changed.Length;
        return _changed;
    }

    /// <summary>Ends the record that was begun.</summary>
    public void End(int start) => _places.Add(new Place(start, _changed.Length - start, true));

    /// <summary>One record's bytes.</summary>
    public ReadOnlySpan<byte> this[int index, ReadOnlyMemory<byte> response] => Memory(_places[index], response).Span;

    /// <summary>The records, valid until <see cref="Clear"/> and as long as the response is.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ToList(ReadOnlyMemory<byte> response)
    {
        _records.EnsureCapacity(_places.Count);
        foreach (var place in _places)
        {
            _records.Add(Memory(place, response));
        }

        return _records;
    }

    public void Clear()
    {
        _places.Clear();
        _records.Clear();
        _changed.Clear();
    }

    public void Dispose() => _changed.Dispose();

    private ReadOnlyMemory<byte> Memory(Place place, ReadOnlyMemory<byte> response) =>
        (place.IsChanged ? _changed.Written : response).Slice(place.Start, place.Length);
}
