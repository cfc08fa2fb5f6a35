namespace Penstock.Pipelines.Masking;

/// <summary>What is masked in the records of one stream, and under which keys.</summary>
/// <param name="Paths">The rules by path; a path is there once.</param>
/// <param name="Keys">The versions of the masking key.</param>
public sealed record StreamMask(IReadOnlyList<PathMask> Paths, MaskKeyVersions Keys)
{
    /// <summary>Whether it needs the masking key.</summary>
    public bool NeedsKey => Paths.Any(path => path.Rule is HashValue);

    /// <summary>
    /// The rule that a value under a path is masked by: its own, or that of the nearest path it lies in; null if it isn't masked.
    /// </summary>
    /// <param name="path">The parts of the path; arrays on the way don't count.</param>
    public PathMask? Find(IReadOnlyList<string> path)
    {
        PathMask? found = null;
        foreach (PathMask mask in Paths)
        {
            if (mask.Parts.Count <= path.Count && mask.Parts.SequenceEqual(path.Take(mask.Parts.Count)) && mask.Parts.Count > (found?.Parts.Count ?? 0))
                found = mask;
        }

        return found?.Rule is KeepValue ? null : found;
    }

    /// <summary>What keeps a record's key or version from being masked so; null if nothing does.</summary>
    /// <param name="key">Paths of the key.</param>
    /// <param name="version">The path of the version; null if there is none.</param>
    public MaskConflict? ConflictWith(IReadOnlyList<IReadOnlyList<string>> key, IReadOnlyList<string>? version)
    {
        foreach (IReadOnlyList<string> path in key)
        {
            if (Find(path) is { Rule.TellsValuesApart: false } mask)
            {
                return new MaskConflict(mask, $"'{string.Join('.', path)}' is the key, and different keys must stay different: '{mask.Rule.Name}' makes them alike.",
                    "Write 'hash', or take another key.");
            }
        }

        return version is not null && Find(version) is { } masked
            ? new MaskConflict(masked, $"'{string.Join('.', version)}' orders the versions of a record, and masked it doesn't.", "Take the mask away, or take another version.")
            : null;
    }
}

/// <summary>A rule for the values under one path.</summary>
/// <param name="Path">The path as it is written: parts joined by dots; <c>[]</c> after a part is for people, arrays are gone through anyway.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Line">The line of the pipeline's file that says so, or of its contract; 0 if that isn't known.</param>
public sealed record PathMask(string Path, MaskRule Rule, int Line = 0)
{
    /// <summary>The parts of the path.</summary>
    public IReadOnlyList<string> Parts { get; } = MaskPath.Split(Path);
}

/// <summary>A mask that can't be.</summary>
/// <param name="Mask">Which.</param>
/// <param name="Message">Why.</param>
/// <param name="Fix">What to do.</param>
public sealed record MaskConflict(PathMask Mask, string Message, string Fix);

/// <summary>Paths of masks.</summary>
internal static class MaskPath
{
    /// <summary>Whether a text is a path: parts joined by dots, none empty.</summary>
    public static bool IsPath(string text) => Split(text).All(part => part.Length > 0);

    /// <summary>Splits a path into its parts.</summary>
    public static IReadOnlyList<string> Split(string path) =>
        [.. path.Split('.').Select(part => part.EndsWith("[]", StringComparison.Ordinal) ? part[..^2] : part)];
}
