using System.Text;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Subjects;

/// <summary>Gets the key that hides subjects' names. It is one for all pipelines and stays: with another one, nobody who was erased is known any more.</summary>
/// <param name="secrets">The secret store.</param>
public sealed class SubjectKeySource(ISecretStore secrets)
{
    /// <summary>The name of the secret.</summary>
    public const string Secret = "subject-key";

    private const int LeastCharacters = 16;

    /// <summary>Gets the key; null and the reason if there is none.</summary>
    public async ValueTask<(SubjectKey? Key, string Reason)> FindAsync(CancellationToken cancellationToken = default)
    {
        string? value = await secrets.FindAsync(Secret, cancellationToken);
        return value is null
            ? (null, $"There is no secret '{Secret}', which hides the names of those who were erased. Set a random one, for example of: openssl rand -base64 32")
            : value.Length < LeastCharacters
                ? (null, $"The secret '{Secret}' has fewer than {LeastCharacters} characters. Set a random one, for example of: openssl rand -base64 32")
                : (new SubjectKey(Encoding.UTF8.GetBytes(value)), "");
    }
}

/// <summary>The key that hides subjects' names.</summary>
/// <param name="Bytes">The key.</param>
public sealed record SubjectKey(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => "subject key";
}
