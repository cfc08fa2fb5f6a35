namespace Penstock.Pipelines.Curating;

/// <summary>
/// A row for each change. A version that says what the one before said is no change; of several that are valid since the same
/// instant the last counts; a deletion ends the row before it. Time never runs backwards along the versions.
/// </summary>
internal sealed class Scd2Fold(RowFold.Sink sink) : RowFold
{
    private Held _row = new();
    // The last version: one that is valid since the same instant would take its place.
    private Held _next = new();

    public override void Add(ReadOnlySpan<byte> version, long validFrom, bool isDeletion, ReadOnlySpan<byte> json)
    {
        if (_next.IsThere)
        {
            validFrom = Math.Max(validFrom, _next.From);
            if (validFrom > _next.From)
                Take();
        }

        _next.Set(version, validFrom, isDeletion, json);
    }

    public override void End()
    {
        if (_next.IsThere)
            Take();
        if (_row.IsThere)
            sink(_row.Version, _row.Json, new RowColumns(_row.From));
        _row.Clear();
        _next.Clear();
    }

    private void Take()
    {
        if (_row.IsThere && !_next.IsDeletion && _next.Json.SequenceEqual(_row.Json))
            return;
        if (_row.IsThere)
            sink(_row.Version, _row.Json, new RowColumns(_row.From, _next.From));
        // What is taken is no longer next: the two change places, so that nothing is copied.
        if (_next.IsDeletion)
            _row.Clear();
        else
            (_row, _next) = (_next, _row);
    }
}
