using System.Globalization;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Landing;

/// <summary>
/// Names raw blobs: <c>raw/PIPELINE/STREAM/yyyy/MM/dd/HHmmssfff-REST.jsonl.gz</c>. The time says when the records were taken
/// from the source; it is part of the name because it orders versions of a record that have no version of their own, and
/// curated must be a function of raw alone.
/// </summary>
public static class RawNames
{
    private const string TimeFormat = "yyyy'/'MM'/'dd'/'HHmmssfff";
    private const string Extension = ".jsonl.gz";

    /// <summary>The folder of a stream's raw blobs.</summary>
    public static string Folder(string pipeline, string stream) =>
        $"{BlobAreas.Raw}/{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}/";

    /// <summary>The folder of a stream's raw blobs of one day.</summary>
    public static string Folder(string pipeline, string stream, DateTimeOffset day) =>
        $"{Folder(pipeline, stream)}{day.UtcDateTime.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture)}/";

    /// <summary>A raw blob's name.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="takenAt">When its records were taken from the source.</param>
    /// <param name="rest">What makes it unique; letters, digits, <c>-</c>, <c>.</c> and <c>_</c>.</param>
    public static string Name(string pipeline, string stream, DateTimeOffset takenAt, string rest) =>
        $"{Folder(pipeline, stream)}{takenAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{rest}{Extension}";

    /// <summary>When a raw blob's records were taken from the source; null if it isn't a raw blob's name.</summary>
    public static DateTimeOffset? TakenAt(string name)
    {
        string[] parts = name.Split('/');
        int dash = parts[^1].IndexOf('-', StringComparison.Ordinal);
        return parts.Length == 7 && dash > 0
            && DateTimeOffset.TryParseExact(
                $"{parts[3]}/{parts[4]}/{parts[5]}/{parts[6][..dash]}", TimeFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? at
            : null;
    }
}
