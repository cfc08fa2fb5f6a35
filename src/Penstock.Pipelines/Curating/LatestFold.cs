namespace Penstock.Pipelines.Curating;

/// <summary>The latest version, unless a deletion is later.</summary>
internal sealed class LatestFold(bool keepsDeleted, RowFold.Sink sink) : RowFold
{
    private readonly Held _last = new();
    private bool _isDeleted;

    public override void Add(ReadOnlySpan<byte> version, long validFrom, bool isDeletion, ReadOnlySpan<byte> json)
    {
        _isDeleted = isDeletion;
        if (!isDeletion)
            _last.Set(version, validFrom, isDeletion, json);
    }

    public override void End()
    {
        if (_last.IsThere && (!_isDeleted || keepsDeleted))
            sink(_last.Version, _last.Json, new RowColumns(IsDeleted: keepsDeleted ? _isDeleted : null));
        _last.Clear();
        _isDeleted = false;
    }
}
