using System.Collections.Frozen;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Subjects;

namespace Penstock.Pipelines.Erasing;

/// <summary>Whom an erasure is about.</summary>
internal sealed class ErasureScope
{
    private readonly SubjectKey _key;
    private readonly ErasedSubjects _erased;

    public ErasureScope(Erasure erasure, SubjectKey key)
    {
        (Erasure, _key) = (erasure, key);
        Subjects = [.. erasure.Subjects.Select(id => SubjectId.Parse(id)).OfType<SubjectId>()];
        Everything = Subjects.Concat(erasure.Tokens.Select(id => SubjectId.Parse(id)).OfType<SubjectId>()).ToHashSet();
        _erased = new ErasedSubjects("", Everything.ToFrozenDictionary(id => id, _ => erasure.RequestedAt));
    }

    public Erasure Erasure { get; }

    /// <summary>The subject's names.</summary>
    public IReadOnlyList<SubjectId> Subjects { get; }

    /// <summary>The names, and the tokens that stand for them.</summary>
    public IReadOnlySet<SubjectId> Everything { get; }

    /// <summary>Says of a stream's records, raw or curated, whether they are to be erased.</summary>
    public ErasureCheck CheckOf(PipelineStream stream) => new(stream.Subject!, stream.Version, _erased, _key);

    /// <summary>Hashes names.</summary>
    public SubjectHash Hash() => new(_key);
}
