namespace Penstock.Pipelines.Subjects;

/// <summary>Which values of a stream's records are encrypted in raw, each under the key of the record's subject.</summary>
/// <param name="Paths">The paths; at least one.</param>
/// <param name="Secret">The name of the secret that wraps subjects' keys.</param>
public sealed record RawEncryption(IReadOnlyList<string> Paths, string Secret = RawEncryption.DefaultSecret)
{
    /// <summary>The name of the secret if the stream names none.</summary>
    public const string DefaultSecret = "raw-key";
}
