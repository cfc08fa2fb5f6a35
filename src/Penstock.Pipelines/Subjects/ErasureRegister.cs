using System.Collections.Frozen;
using System.Globalization;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Subjects;

/// <summary>
/// Remembers who was erased, by the keyed hash of the name, so that neither a replay nor a late delivery brings anybody back. A blob
/// a subject; its name says it all.
/// </summary>
/// <param name="blobs">Where it is kept.</param>
/// <param name="documents">Where its stamp is kept.</param>
/// <param name="ids">Names its states.</param>
public sealed class ErasureRegister(IBlobStore blobs, DocumentStore documents, IIdSource ids)
{
    private const string Folder = BlobAreas.State + "/erased/";
    private const string StampName = BlobAreas.State + "/erased.json";

    private ErasedSubjects _known = ErasedSubjects.None;

    /// <summary>Reads it: one small blob, as long as nobody was erased since the last time.</summary>
    public async ValueTask<ErasedSubjects> ReadAsync(CancellationToken cancellationToken = default)
    {
        // The stamp first: what is entered between the two is read twice rather than missed.
        string stamp = (await documents.FindAsync<ErasureStamp>(StampName, cancellationToken))?.Value.Stamp ?? "";
        ErasedSubjects known = Volatile.Read(ref _known);
        if (known.Stamp == stamp)
            return known;
        var erased = new Dictionary<SubjectId, DateTimeOffset>();
        await foreach (BlobEntry entry in blobs.ListAsync(Folder, cancellationToken))
        {
            if (Read(entry.Name[Folder.Length..]) is not var (subject, at))
                continue;
            if (!erased.TryGetValue(subject, out DateTimeOffset other) || other < at)
                erased[subject] = at;
        }

        known = new ErasedSubjects(stamp, erased.ToFrozenDictionary());
        Volatile.Write(ref _known, known);
        return known;
    }

    /// <summary>Enters subjects. Entering them again changes nothing.</summary>
    public async ValueTask EnterAsync(IReadOnlyList<SubjectId> subjects, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        foreach (SubjectId subject in subjects)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{Folder}{subject}.{at.UtcTicks:D19}");
            await blobs.PutIfAbsentAsync(name, ReadOnlyMemory<byte>.Empty, cancellationToken);
        }

        string stamp = ids.Next();
        await documents.ChangeAsync<ErasureStamp>(StampName, _ => new ErasureStamp(stamp), cancellationToken);
    }

    private static (SubjectId Subject, DateTimeOffset At)? Read(string name) =>
        name.Split('.') is [var id, var ticks] && SubjectId.Parse(id) is { } subject && long.TryParse(ticks, CultureInfo.InvariantCulture, out long at)
            ? (subject, new DateTimeOffset(at, TimeSpan.Zero))
            : null;
}

/// <summary>Names a state of the register: it changes with each erasure.</summary>
/// <param name="Stamp">The name.</param>
public sealed record ErasureStamp(string Stamp);
