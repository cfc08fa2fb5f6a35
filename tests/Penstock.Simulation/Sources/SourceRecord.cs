using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Penstock.Simulation.Sources;

/// <summary>
/// One version of a record: <c>{"id":"p0-3","updated":1767225617,"n":2,"note":"…"}</c>. Id and n name it among all versions of all
/// records; a bad one's note is a number, which breaks the contract.
/// </summary>
/// <param name="Partition">The partition.</param>
/// <param name="Id">The key.</param>
/// <param name="Updated">The cursor: seconds since 1970.</param>
/// <param name="Number">Which version of the record.</param>
/// <param name="IsBad">Whether it breaks the contract.</param>
public sealed record SourceRecord(string Partition, string Id, long Updated, int Number, bool IsBad)
{
    /// <summary>When the source began to show it.</summary>
    public DateTimeOffset VisibleAt { get; init; }

    /// <summary>Unique among all versions of all records.</summary>
    public string Uid { get; } = string.Create(CultureInfo.InvariantCulture, $"{Id}.{Number}");

    /// <summary>The record as the source gives it.</summary>
    public ReadOnlyMemory<byte> Json { get; } = Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $$"""{"id":"{{Id}}","updated":{{Updated}},"n":{{Number}},"note":{{(IsBad ? "7" : $"\"note {Number}\"")}}}"""));

    /// <summary>Reads a record back.</summary>
    public static SourceRecord Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement record = document.RootElement;
        string id = record.GetProperty("id").GetString()!;
        return new SourceRecord(
            "", id, record.GetProperty("updated").GetInt64(), record.GetProperty("n").GetInt32(),
            record.GetProperty("note").ValueKind == JsonValueKind.Number);
    }
}
