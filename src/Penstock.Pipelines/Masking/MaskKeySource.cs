using System.Text;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Masking;

/// <summary>Gets masking keys out of the secret store.</summary>
/// <param name="secrets">The secret store.</param>
public sealed class MaskKeySource(ISecretStore secrets)
{
    /// <summary>The fewest characters of a key: whoever can guess it can find out what is behind every token.</summary>
    public const int LeastCharacters = 16;

    /// <summary>Gets the key for what was taken from the source at a time; the reason if there is none.</summary>
    public async ValueTask<MaskKeyFinding> FindAsync(MaskKeyVersions keys, DateTimeOffset takenAt, CancellationToken cancellationToken = default)
    {
        MaskKeyVersion version = keys.At(takenAt);
        string? value = await secrets.FindAsync(version.Secret, cancellationToken);
        if (value is null)
            return new MaskKeyMissing($"There is no secret '{version.Secret}', the masking key. Nothing is written until there is one: 'penstock validate' says where it is needed.");
        if (value.Length < LeastCharacters)
            return new MaskKeyMissing($"The secret '{version.Secret}', the masking key, has fewer than {LeastCharacters} characters. Set a random one, for example of: openssl rand -base64 32");
        return new MaskKeyFound(new MaskKey(version.Number, Encoding.UTF8.GetBytes(value)));
    }
}

/// <summary>A masking key.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Bytes">The key.</param>
public sealed record MaskKey(int Version, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"masking key {Version}";
}

/// <summary>What became of looking for a key.</summary>
public abstract record MaskKeyFinding
{
    private protected MaskKeyFinding() { }
}

/// <summary>There it is.</summary>
/// <param name="Key">The key.</param>
public sealed record MaskKeyFound(MaskKey Key) : MaskKeyFinding;

/// <summary>It can't be used.</summary>
/// <param name="Reason">Why, and what to do.</param>
public sealed record MaskKeyMissing(string Reason) : MaskKeyFinding;
