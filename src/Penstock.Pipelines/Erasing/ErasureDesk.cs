using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Subjects;

namespace Penstock.Pipelines.Erasing;

/// <summary>Takes erasures on. Asking twice does it once.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="keys">The key that hides names.</param>
/// <param name="maskKeys">The masking keys: where a name is hashed, its token is looked for.</param>
/// <param name="book">The erasures.</param>
/// <param name="sender">Sends work.</param>
/// <param name="time">The clock.</param>
public sealed class ErasureDesk(
    IPipelineCatalog catalog, SubjectKeySource keys, MaskKeySource maskKeys, ErasureBook book, WorkSender sender, TimeProvider time)
{
    private const int MaxNames = 100;

    /// <summary>Takes an erasure on, or gives the one that the same request began.</summary>
    /// <param name="names">The names of the subject with their kinds; of a kind there may be several.</param>
    /// <param name="idempotencyKey">Tells a second erasure of the same subject from the first; null: there is one a subject.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<ErasureOutcome> BeginAsync(
        IReadOnlyList<SubjectName> names, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<PipelineEntry> entries = await catalog.ListAsync(cancellationToken);
        PipelineStream[] streams = [.. entries.OfType<UsablePipeline>().SelectMany(usable => usable.Pipeline.Streams).Where(stream => stream.Subject is not null)];
        string[] kinds = [.. streams.SelectMany(stream => stream.Subject!.Kinds).Distinct().Order(StringComparer.Ordinal)];
        if (names.Count is 0 or > MaxNames || names.Any(name => name.Name.Trim().Length == 0))
            return new ErasureInvalid("subject", $"Give a name of the subject, {MaxNames} at most, none of them empty.");
        if (entries.OfType<BrokenPipeline>().FirstOrDefault() is { } broken && names.Any(name => !kinds.Contains(name.Kind)))
            return new ErasureRefused($"The pipeline '{broken.Name}' is broken, so nobody knows where it has names. Mend it, and ask again: {broken.Problems[0]}");
        if (kinds.Length == 0)
            return new ErasureInvalid("subject", "No stream says whom its records are about. Write, for example, 'subject: email' at the streams that have personal data.");
        if (names.FirstOrDefault(name => !kinds.Contains(name.Kind)) is { } unknown)
            return new ErasureInvalid("subject", $"No stream has names of the kind '{unknown.Kind}'. There are: {string.Join(", ", kinds)}.");
        (SubjectKey? key, string reason) = await keys.FindAsync(cancellationToken);
        if (key is null)
            return new ErasureRefused(reason);

        using var hash = new SubjectHash(key);
        string[] subjects = [.. names.Select(name => hash.Of(name.Kind, name.Name).ToString()).Distinct().Order(StringComparer.Ordinal)];
        (IReadOnlyList<string>? tokens, string missing) = await TokensAsync(streams, names, hash, cancellationToken);
        if (tokens is null)
            return new ErasureRefused(missing);
        DateTimeOffset now = time.GetUtcNow();
        Erasure erasure = await book.EnterAsync(
            new Erasure
            {
                Id = Digest(subjects, idempotencyKey),
                Kinds = [.. names.Select(name => name.Kind).Distinct().Order(StringComparer.Ordinal)],
                Subjects = subjects,
                Tokens = tokens,
                RequestedAt = now,
                ChangedAt = now,
            },
            cancellationToken);
        if (erasure.Status != ErasureStatus.Completed)
            await sender.SendAsync(new EraseMessage(erasure.Id), cancellationToken: cancellationToken);
        return new ErasureBegun(erasure);
    }

    // Where a stream hashes the path that names its subject, the curated records have the token instead of the name.
    private async ValueTask<(IReadOnlyList<string>? Tokens, string Reason)> TokensAsync(
        IEnumerable<PipelineStream> streams, IReadOnlyList<SubjectName> names, SubjectHash hash, CancellationToken cancellationToken)
    {
        var tokens = new SortedSet<string>(StringComparer.Ordinal);
        foreach (PipelineStream stream in streams.Where(stream => stream.Mask is not null))
        {
            foreach (SubjectPath path in stream.Subject!.Paths)
            {
                if (stream.Mask!.Find(MaskPath.Split(path.Path))?.Rule is not HashValue rule)
                    continue;
                foreach (MaskKeyVersion version in stream.Mask.Keys.Versions)
                {
                    if (await maskKeys.FindAsync(stream.Mask.Keys, version.From, cancellationToken) is not MaskKeyFound { Key: var key })
                        return (null, $"There is no usable secret '{version.Secret}', a masking key: hashed names couldn't be found. Set it, and ask again.");
                    using var maker = new HashToken(key);
                    foreach (SubjectName name in names.Where(name => name.Kind == path.Kind))
                        tokens.UnionWith(Spellings(name.Name).Select(spelling => hash.Of(path.Kind, maker.Of(spelling, rule)).ToString()));
                }
            }
        }

        return ([.. tokens], "");
    }

    // A token is of the text as it was written.
    private static IEnumerable<string> Spellings(string name) => new[] { name, name.Trim(), name.Trim().ToLowerInvariant() }.Distinct();

    private static string Digest(string[] subjects, string? key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{string.Join('\n', subjects)}\n{key}")))[..20];
}

/// <summary>A name of a subject.</summary>
/// <param name="Kind">What kind of name it is, as streams declare it.</param>
/// <param name="Name">The name.</param>
public sealed record SubjectName(string Kind, string Name)
{
    /// <summary>Without the name.</summary>
    public override string ToString() => $"{Kind} …";
}

/// <summary>What became of asking for an erasure.</summary>
public abstract record ErasureOutcome
{
    private protected ErasureOutcome() { }
}

/// <summary>It goes on, or is completed.</summary>
/// <param name="Erasure">The erasure.</param>
public sealed record ErasureBegun(Erasure Erasure) : ErasureOutcome;

/// <summary>The request makes no sense.</summary>
/// <param name="Field">Which of its fields.</param>
/// <param name="Reason">Why, and what would.</param>
public sealed record ErasureInvalid(string Field, string Reason) : ErasureOutcome;

/// <summary>It can't be done now.</summary>
/// <param name="Reason">Why, and what to do.</param>
public sealed record ErasureRefused(string Reason) : ErasureOutcome;
