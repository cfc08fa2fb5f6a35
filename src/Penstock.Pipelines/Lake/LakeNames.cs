using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Lake;

/// <summary>
/// Names lake files: <c>lake/PIPELINE/TABLE/date=yyyy-MM-dd/yyyyMMddHHmmssfff-HASH.jsonl.gz</c>, one for each raw blob and table, under the
/// raw blob's time and the hash of its name: whoever transforms the blob again writes the same file. The name is short, so that a
/// file system has it as it is.
/// </summary>
public static class LakeNames
{
    private const string TimeFormat = "yyyyMMddHHmmssfff";
    private const int HashLength = 16;

    /// <summary>The folder of a table's files.</summary>
    public static string Folder(string pipeline, string table) => $"{BlobAreas.Lake}/{BlobNames.Segment(pipeline)}/{BlobNames.Segment(table)}/";

    /// <summary>The file of a raw blob.</summary>
    /// <param name="rawBlob">The raw blob.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The table: the stream, or a list that is exploded.</param>
    /// <param name="partition">The folders.</param>
    public static string NameFor(string rawBlob, string pipeline, string table, LakePartition partition)
    {
        DateTime at = (RawNames.TakenAt(rawBlob) ?? throw new ArgumentException($"'{rawBlob}' isn't the name of a raw blob.", nameof(rawBlob))).UtcDateTime;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rawBlob)))[..HashLength];
        string folders = at.ToString(
            partition switch { LakePartition.Hour => "'date='yyyy-MM-dd'/hour='HH", LakePartition.Month => "'month='yyyy-MM", _ => "'date='yyyy-MM-dd" }, CultureInfo.InvariantCulture);
        return $"{Folder(pipeline, table)}{folders}/{at.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{hash}.jsonl.gz";
    }

    /// <summary>When a lake file's records were taken from the source; null if it isn't a lake file's name.</summary>
    public static DateTimeOffset? TakenAt(string name)
    {
        string file = name[(name.LastIndexOf('/') + 1)..];
        int dash = file.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && DateTimeOffset.TryParseExact(file[..dash], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? at
            : null;
    }
}
