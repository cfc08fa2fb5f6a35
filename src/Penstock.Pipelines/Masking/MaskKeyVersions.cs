namespace Penstock.Pipelines.Masking;

/// <summary>
/// The versions of a masking key. Which one masks a record depends on when it was taken from the source and on nothing else, so
/// that a replay gives the same tokens.
/// </summary>
/// <param name="Versions">At least one, in order of <see cref="MaskKeyVersion.From"/>; the first holds for all time before the second.</param>
public sealed record MaskKeyVersions(IReadOnlyList<MaskKeyVersion> Versions)
{
    /// <summary>The name of the secret if the pipeline names none: one for all pipelines, so that their tokens join.</summary>
    public const string DefaultSecret = "mask-key";

    /// <summary>One version for all time.</summary>
    public static MaskKeyVersions Default { get; } = new([new MaskKeyVersion(1, DefaultSecret, DateTimeOffset.MinValue)]);

    /// <summary>The version that masks what was taken from the source at a time.</summary>
    public MaskKeyVersion At(DateTimeOffset takenAt) => Versions.LastOrDefault(version => version.From <= takenAt) ?? Versions[0];
}

/// <summary>A version of a masking key.</summary>
/// <param name="Number">Its number, from 1: tokens begin with <c>hNUMBER.</c>.</param>
/// <param name="Secret">The name of the secret that holds it.</param>
/// <param name="From">What was taken from the source since then is masked with it.</param>
public sealed record MaskKeyVersion(int Number, string Secret, DateTimeOffset From);
