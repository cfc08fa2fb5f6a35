namespace Penstock.Pipelines.Subjects;

/// <summary>Says of records whether their subject was erased. Not thread-safe: it is reused from record to record.</summary>
internal sealed class ErasureCheck : IDisposable
{
    private readonly ErasedSubjects _erased;
    private readonly SubjectReader _reader;
    private readonly bool _acceptsNewer;

    public ErasureCheck(StreamSubject subject, string? version, ErasedSubjects erased, SubjectKey key)
    {
        _acceptsNewer = subject.Returning == ReturningSubject.Accept;
        _reader = new SubjectReader(subject, key, _acceptsNewer ? version : null);
        _erased = erased;
    }

    /// <summary>The subjects that the last record names.</summary>
    public IReadOnlyList<SubjectId> Subjects { get; private set; } = [];

    /// <summary>Reads a record; true if its subject was erased and it isn't one that may come back.</summary>
    public bool IsErased(ReadOnlySpan<byte> record)
    {
        Subjects = _reader.Read(record);
        return _erased.Find(Subjects) is { } at && !(_acceptsNewer && _reader.Version > at);
    }

    public void Dispose() => _reader.Dispose();
}
