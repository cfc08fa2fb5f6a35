using System.Text.RegularExpressions;

namespace Penstock.Pipelines.Landing;

/// <summary>What the name of a raw blob says of where it comes from.</summary>
public static partial class SliceBlobName
{
    /// <summary>The run and the slice that landed it; null if it was received.</summary>
    public static (string Run, int Slice)? Parse(string rawBlob) =>
        NamePattern().Match(rawBlob) is { Success: true } match ? (match.Groups["run"].Value, int.Parse(match.Groups["slice"].ValueSpan)) : null;

    // HHmmssfff-RUN-SLICE-OWNER-COMMIT.jsonl.gz, as SliceAttempt writes it; an owner has no dash.
    [GeneratedRegex(@"/\d{9}-(?<run>[^/]+)-(?<slice>\d{8})-[^/-]+-\d+\.jsonl\.gz$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
