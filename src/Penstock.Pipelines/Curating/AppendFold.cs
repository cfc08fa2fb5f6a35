namespace Penstock.Pipelines.Curating;

/// <summary>
/// Every different version: what came twice, with the same version field and content, is one row. A deletion is one too, marked, if
/// the table knows deletions.
/// </summary>
internal sealed class AppendFold(bool keepsDeleted, RowFold.Sink sink) : RowFold
{
    private readonly List<Held> _same = [];
    private int _count;

    public override void Add(ReadOnlySpan<byte> version, long validFrom, bool isDeletion, ReadOnlySpan<byte> json)
    {
        if (_count > 0 && !FieldOf(version).SequenceEqual(FieldOf(_same[0].Version)))
            _count = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_same[i].IsDeletion == isDeletion && _same[i].Json.SequenceEqual(json))
                return;
        }

        if (_count == _same.Count)
            _same.Add(new Held());
        _same[_count++].Set(version, validFrom, isDeletion, json);
        sink(version, json, new RowColumns(IsDeleted: keepsDeleted ? isDeletion : null));
    }

    public override void End() => _count = 0;

    private static ReadOnlySpan<byte> FieldOf(ReadOnlySpan<byte> version) => version[..Math.Max(0, version.LastIndexOf((byte)' '))];
}
