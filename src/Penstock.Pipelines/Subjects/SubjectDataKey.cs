using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Subjects;

/// <summary>A subject's data key, wrapped. Deleting it makes everything that is encrypted under it unreadable.</summary>
/// <param name="Secret">The name of the secret that wraps it.</param>
/// <param name="Wrapped">Nonce, AES-256-GCM ciphertext and tag, base64; the subject's id is authenticated with it.</param>
public sealed record SubjectDataKey(string Secret, string Wrapped)
{
    /// <summary>All of them.</summary>
    public const string Folder = BlobAreas.State + "/subjects/";

    /// <summary>Where a subject's key is.</summary>
    public static string NameFor(SubjectId subject)
    {
        string id = subject.ToString();
        return $"{Folder}{id[..2]}/{id}.json";
    }
}
