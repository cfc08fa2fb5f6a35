using System.Collections.Frozen;

namespace Penstock.Pipelines.Subjects;

/// <summary>Who was erased, and when: a snapshot.</summary>
/// <param name="Stamp">Names the state of the register that it shows.</param>
/// <param name="Erased">The instant of the last erasure, by subject.</param>
public sealed record ErasedSubjects(string Stamp, FrozenDictionary<SubjectId, DateTimeOffset> Erased)
{
    /// <summary>Nobody.</summary>
    public static ErasedSubjects None { get; } = new("", FrozenDictionary<SubjectId, DateTimeOffset>.Empty);

    /// <summary>Whether nobody was.</summary>
    public bool IsEmpty => Erased.Count == 0;

    /// <summary>When the first of some subjects that was erased was; null if none was.</summary>
    public DateTimeOffset? Find(IReadOnlyList<SubjectId> subjects)
    {
        for (int i = 0; i < subjects.Count; i++)
        {
            if (Erased.TryGetValue(subjects[i], out DateTimeOffset at))
                return at;
        }

        return null;
    }
}
