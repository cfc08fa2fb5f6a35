using System.Text;

namespace Penstock.Pipelines.Subjects;

/// <summary>
/// What stands in a raw blob where the record of an erased subject was: the lines after it keep their numbers, which order versions,
/// and the blob keeps its count.
/// </summary>
public static class ErasedLine
{
    // Longer texts are records that only look like it.
    private const int MaxBytes = 80;

    /// <summary>What stands in it for a record that came after the erasure, and was never landed.</summary>
    public const string AtLanding = "landing";

    private static ReadOnlySpan<byte> Begin => "{\"_penstock_erased\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>The line that an erasure leaves.</summary>
    /// <param name="by">The erasure's id; <c>landing</c> for a record that came after it and was never landed.</param>
    public static byte[] Of(string by) => [.. Begin, .. Encoding.ASCII.GetBytes(by), .. End];

    /// <summary>Whether a line is such a one.</summary>
    public static bool Is(ReadOnlySpan<byte> line) =>
        line.Length <= MaxBytes && line.Length >= Begin.Length + End.Length && line.StartsWith(Begin) && line.EndsWith(End);
}
