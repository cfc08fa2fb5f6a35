using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Curated;

/// <summary>Where a record is in Cosmos DB.</summary>
/// <remarks>
/// All tables share a container, since a managed identity may write documents but not make containers, and containers cost. A table
/// has 16 logical partitions, by hash of the key: one alone would bind it to 20 GB and 10,000 RU/s; one for each key couldn't be
/// read or queried as a table without asking every partition of every table.
/// </remarks>
internal static class CosmosKeys
{
    /// <summary>The path of the container's partition key.</summary>
    public const string PartitionKeyPath = "/_penstock/part";

    /// <summary>How many partitions a table has.</summary>
    public const int PartCount = 16;

    private const int MaxReadable = 250;
    private const int ReadablePart = 180;

    /// <summary>A table's name: <c>pipeline/stream</c>.</summary>
    public static string Table(CuratedTable table) => $"{BlobNames.Segment(table.Pipeline)}/{BlobNames.Segment(table.Stream)}";

    /// <summary>
    /// A record's id. Cosmos DB forbids <c>/ \ ? #</c> in ids, advises letters and digits, and takes 1,023 bytes: other bytes are
    /// escaped, and a long key ends in its SHA-256.
    /// </summary>
    public static string Id(string key)
    {
        string id = BlobNames.Segment(key);
        return id.Length <= MaxReadable ? id : $"{id[..ReadablePart]}~~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
    }

    /// <summary>The partition of a record: <c>pipeline/stream/NN</c>.</summary>
    public static string Part(string table, string key) => Part(table, StableHash.Of(key, PartCount));

    /// <summary>A partition of a table.</summary>
    public static string Part(string table, int number) => $"{table}/{number:D2}";
}
