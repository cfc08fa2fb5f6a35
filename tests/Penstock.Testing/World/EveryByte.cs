using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Penstock.Pipelines.Ports;

namespace Penstock.Testing.World;

/// <summary>Looks for texts in every byte that lies in the stores, unzipped, base64 undone, and in the names.</summary>
public static partial class EveryByte
{
    /// <summary>The places where a text is found.</summary>
    /// <param name="stores">The stores.</param>
    /// <param name="tables">The curated tables.</param>
    /// <param name="texts">The texts; upper and lower case are the same.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(MemoryStores stores, IEnumerable<CuratedTable> tables, params string[] texts)
    {
        var found = new List<string>();
        foreach (string area in BlobAreas.All)
        {
            await foreach (BlobEntry entry in stores.Blobs.ListAsync(area + "/"))
                Look(entry.Name, (await stores.Blobs.GetAsync(entry.Name))!.Content.ToArray());
        }

        foreach (CuratedTable table in tables)
        {
            await foreach (CuratedRecord record in stores.Curated.ReadAsync(table))
                Look($"curated {table.Pipeline}/{table.Stream} {record.Key} {record.Version}", record.Json.ToArray());
        }

        foreach (string queue in QueueNames.All.SelectMany(queue => new[] { queue, queue + QueueNames.PoisonSuffix }))
        {
            foreach (WorkItem item in await stores.Queue.ReceiveAsync(queue, 1000, TimeSpan.FromSeconds(1)))
            {
                Look($"queue {queue}", item.Body.ToArray());
                await stores.Queue.HideAsync(item, TimeSpan.Zero);
            }
        }

        return found;

        void Look(string place, byte[] content)
        {
            string everything = $"{place}\n{Readable(content)}";
            found.AddRange(texts.Where(text => everything.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(text => $"{place}: {text}"));
        }
    }

    private static string Readable(byte[] content)
    {
        if (content is [0x1f, 0x8b, ..])
        {
            using var plain = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress))
                gzip.CopyTo(plain);
            content = plain.ToArray();
        }

        string text = Encoding.UTF8.GetString(content);
        return text + string.Concat(Base64().Matches(text).Select(match => Encoding.Latin1.GetString(Convert.FromBase64String(match.Value[..(match.Value.Length / 4 * 4)].Replace('-', '+').Replace('_', '/')))));
    }

    [GeneratedRegex("[A-Za-z0-9+/_-]{16,}", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Base64();
}
