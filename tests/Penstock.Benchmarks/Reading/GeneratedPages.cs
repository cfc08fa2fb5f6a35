using System.Globalization;
using System.Text;

namespace Penstock.Benchmarks.Reading;

/// <summary>
/// Pages of 1,000 records of about 480 bytes, such as a SaaS API gives: ids, texts, numbers, booleans, instants, a nested
/// object and a list. A page is made once; of every other page only the ids differ, which are written over the first one's.
/// </summary>
internal sealed class GeneratedPages
{
    public const int RecordsPerPage = 1_000;
    private const int IdDigits = 9;
    private readonly byte[] _records;
    private readonly int[] _ids;

    public GeneratedPages()
    {
        var text = new StringBuilder();
        _ids = new int[RecordsPerPage];
        var chance = new Random(20251128);
        for (int i = 0; i < RecordsPerPage; i++)
        {
            text.Append(i == 0 ? "" : ",").Append("{\"id\":\"rec-");
            _ids[i] = text.Length;
            text.Append('0', IdDigits).Append(CultureInfo.InvariantCulture, $$"""
                ","number":{{chance.Next(1_000_000)}},"name":"Customer {{chance.Next(100_000):D6}}","email":"customer.{{chance.Next(100_000):D6}}@example.com","status":"{{(chance.Next(10) == 0 ? "closed" : "active")}}","amount":{{chance.Next(1_000_000) / 100.0:F2}},"quantity":{{chance.Next(100)}},"active":{{(chance.Next(2) == 0 ? "true" : "false")}},"tags":["retail","emea","tier-{{chance.Next(5)}}"],"address":{"street":"{{chance.Next(1, 400)}} Long Acre","city":"London","postcode":"WC2E 9{{chance.Next(10)}}A","country":"GB"},"note":"{{Note(chance)}}","created_at":"2025-01-{{chance.Next(1, 29):D2}}T{{chance.Next(24):D2}}:00:00Z","updated_at":"2025-06-{{chance.Next(1, 29):D2}}T{{chance.Next(24):D2}}:{{chance.Next(60):D2}}:00Z"}
                """);
        }

        _records = Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The bytes of a record, on average.</summary>
    public double RecordBytes => (double)_records.Length / RecordsPerPage;

    /// <summary>Writes the records of a page, their commas between them, into a buffer that is large enough.</summary>
    public ReadOnlyMemory<byte> Page(int page, ref byte[]? buffer)
    {
        buffer ??= [.. _records];
        for (int i = 0; i < _ids.Length; i++)
        {
            bool fits = ((long)page * RecordsPerPage + i).TryFormat(buffer.AsSpan(_ids[i], IdDigits), out _, "D9", CultureInfo.InvariantCulture);
            if (!fits)
                throw new ArgumentOutOfRangeException(nameof(page));
        }

        return buffer;
    }

    private static string Note(Random chance)
    {
        string[] words = ["delivery", "invoice", "checked", "by", "phone", "the", "customer", "asked", "for", "a", "later", "date"];
        return string.Join(' ', Enumerable.Range(0, 18).Select(_ => words[chance.Next(words.Length)]));
    }
}
