using System.Globalization;
using System.Text;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;

namespace Penstock.Benchmarks.Transform;

/// <summary>Makes raw blobs of customers of about 480 bytes, the same for the same seed.</summary>
internal static class RawData
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Cities = ["Vienna", "Lisbon", "Kraków", "Nairobi", "Osaka", "Montréal", "Leipzig", "Porto Alegre"];
    private static readonly string[] Plans = ["free", "starter", "business", "enterprise"];

    /// <summary>Lands blobs; gives their names and how many bytes their records have.</summary>
    /// <param name="blobs">Where.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="records">How many records.</param>
    /// <param name="keys">How many different customers; each has several versions if there are more records.</param>
    /// <param name="perBlob">Records in a blob.</param>
    public static async Task<(List<string> Names, long Bytes)> LandAsync(IBlobStore blobs, string pipeline, int records, int keys, int perBlob)
    {
        var names = new List<string>();
        long bytes = 0;
        var random = new Random(1);
        using var writer = new RawBlobWriter();
        for (int n = 0; n < records; n++)
        {
            writer.Add(Encoding.UTF8.GetBytes(Record(random, n, keys)));
            if (writer.Records < perBlob && n + 1 < records)
                continue;
            string name = RawNames.Name(pipeline, "customers", Start.AddSeconds(n), $"{names.Count:D6}");
            await blobs.PutIfAbsentAsync(name, writer.Finish());
            names.Add(name);
            bytes += writer.Bytes;
            writer.Clear();
        }

        return (names, bytes);
    }

    private static string Record(Random random, int n, int keys)
    {
        int id = n < keys ? n : random.Next(keys);
        string city = Cities[random.Next(Cities.Length)];
        DateTimeOffset updated = Start.AddSeconds(n).AddMilliseconds(random.Next(1000));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"id":"cus_{{id:D9}}","updated_at":"{{updated:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","name":"{{Name(random)}} {{Name(random)}}","email":"{{Name(random).ToLowerInvariant()}}.{{id}}@example.com","phone":"+43 660 {{random.Next(1_000_000, 9_999_999)}}","address":{"street":"{{Name(random)}} street {{random.Next(1, 200)}}","city":"{{city}}","postcode":"{{random.Next(1000, 9999)}}"},"plan":"{{Plans[random.Next(Plans.Length)]}}","seats":{{random.Next(1, 500)}},"balance":{{random.Next(0, 1_000_000) / 100.0:F2}},"active":{{(random.Next(10) > 0 ? "true" : "false")}},"created_at":"{{Start.AddDays(-random.Next(1, 2000)):yyyy-MM-dd'T'HH:mm:ss'Z'}}","tags":["{{Name(random).ToLowerInvariant()}}","{{Name(random).ToLowerInvariant()}}"],"note":"{{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}} {{Name(random)}}"}
            """);
    }

    private static string Name(Random random)
    {
        Span<char> name = stackalloc char[random.Next(5, 10)];
        for (int i = 0; i < name.Length; i++)
            name[i] = (char)((i == 0 ? 'A' : 'a') + random.Next(26));
        return new string(name);
    }
}
