using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Subjects;

/// <summary>Makes, finds and destroys the data keys of subjects. Keys that were used last are kept in memory, a bounded number.</summary>
/// <param name="documents">Where wrapped keys are kept.</param>
/// <param name="blobs">Where they are deleted.</param>
/// <param name="secrets">Has the keys that wrap them.</param>
public sealed class SubjectKeyring(DocumentStore documents, IBlobStore blobs, ISecretStore secrets)
{
    private const int KeyBytes = 32;
    private const int LeastCharacters = 16;

    private readonly BoundedCache<SubjectId, byte[]> _keys = new(10_000);

    /// <summary>Gets a subject's key; makes one if there is none.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="secret">The name of the secret that wraps a new key.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RawKeyMissingException">The secret isn't there: nothing can be encrypted.</exception>
    public async ValueTask<byte[]> GetOrMakeAsync(SubjectId subject, string secret, CancellationToken cancellationToken = default)
    {
        if (_keys.Find(subject) is { } known)
            return known;
        byte[] wrapping = await WrappingAsync(secret, cancellationToken);
        byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
        var wrapped = new SubjectDataKey(secret, Convert.ToBase64String(Sealed.Seal(wrapping, key, Context(subject))));
        if (await documents.CreateAsync(SubjectDataKey.NameFor(subject), wrapped, cancellationToken) is null)
            key = await FindAsync(subject, cancellationToken) ?? throw new InvalidOperationException("A subject's key was destroyed while it was asked for. Try again.");
        _keys.Add(subject, key);
        return key;
    }

    /// <summary>Gets a subject's key; null if there is none, or none any more.</summary>
    /// <exception cref="RawKeyMissingException">The secret that wraps it isn't there.</exception>
    public async ValueTask<byte[]?> FindAsync(SubjectId subject, CancellationToken cancellationToken = default)
    {
        if (_keys.Find(subject) is { } known)
            return known;
        if ((await documents.FindAsync<SubjectDataKey>(SubjectDataKey.NameFor(subject), cancellationToken))?.Value is not { } stored)
            return null;
        byte[] wrapping = await WrappingAsync(stored.Secret, cancellationToken);
        byte[] key = Sealed.Open(wrapping, Convert.FromBase64String(stored.Wrapped), Context(subject))
            ?? throw new RawKeyMissingException($"The secret '{stored.Secret}' isn't the one that wrapped the keys of subjects. Restore its earlier value; for a new one take another name.");
        _keys.Add(subject, key);
        return key;
    }

    /// <summary>Destroys a subject's key; says whether there was one.</summary>
    public ValueTask<bool> DestroyAsync(SubjectId subject, CancellationToken cancellationToken = default)
    {
        _keys.Remove(subject);
        return blobs.DeleteAsync(SubjectDataKey.NameFor(subject), cancellationToken: cancellationToken);
    }

    private async ValueTask<byte[]> WrappingAsync(string secret, CancellationToken cancellationToken)
    {
        string? value = await secrets.FindAsync(secret, cancellationToken);
        if (value is null || value.Length < LeastCharacters)
        {
            throw new RawKeyMissingException(value is null
                ? $"There is no secret '{secret}', which wraps the keys of subjects. Set a random one, for example of: openssl rand -base64 32"
                : $"The secret '{secret}' has fewer than {LeastCharacters} characters. Set a random one, for example of: openssl rand -base64 32");
        }

        return HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(value), KeyBytes, info: "penstock raw key"u8.ToArray());
    }

    private static byte[] Context(SubjectId subject) => Encoding.ASCII.GetBytes(subject.ToString());
}

/// <summary>The secret that wraps subjects' keys isn't there, so that records can neither be landed nor read; they wait.</summary>
/// <param name="reason">Which, and what to do.</param>
public sealed class RawKeyMissingException(string reason) : Exception(reason);
