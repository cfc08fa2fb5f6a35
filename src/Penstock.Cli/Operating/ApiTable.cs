using System.Globalization;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;

namespace Penstock.Cli.Operating;

/// <summary>Shows an answer as a table: a row for each of its <c>items</c>, or one for the whole.</summary>
/// <param name="Columns">Headers with the paths of what they show, for example <c>progress.share</c>.</param>
internal sealed record ApiTable(params (string Header, string Path)[] Columns)
{
    /// <summary>Where the rows are; null for the whole answer.</summary>
    public string? Rows { get; init; } = "items";

    /// <summary>An array in each row, whose elements are rows of their own, with the outer one's members where they have none; null: rows are as they are.</summary>
    public string? Inner { get; init; }

    /// <summary>Writes it.</summary>
    public void Write(Surroundings surroundings, JsonElement json)
    {
        JsonElement[] rows = Elements(json, Rows) ?? [json];
        if (rows.Length == 0)
            surroundings.Out.WriteLine("There are none.");
        else
            Report.WriteTable(surroundings, [.. Columns.Select(column => column.Header)], rows.SelectMany(Cells));
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("next", out JsonElement next) && next.ValueKind == JsonValueKind.String)
            surroundings.Out.WriteLine($"There are more: --after {next.GetString()}");
    }

    private IEnumerable<object?[]> Cells(JsonElement row) => Elements(row, Inner) is { Length: > 0 } inner
        ? inner.Select(one => Columns.Select(column => Cell(one, column.Path) ?? Cell(row, column.Path)).ToArray())
        : [[.. Columns.Select(column => Cell(row, column.Path))]];

    private static JsonElement[]? Elements(JsonElement json, string? member) =>
        member is not null && json.TryGetProperty(member, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : null;

    private static object? Cell(JsonElement row, string path)
    {
        JsonElement at = row;
        foreach (string part in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out at))
                return null;
        }

        return at.ValueKind switch
        {
            JsonValueKind.Number when at.TryGetInt64(out long number) => number,
            JsonValueKind.Number => at.GetDouble().ToString("0.####", CultureInfo.InvariantCulture),
            JsonValueKind.String => Text(at.GetString()!),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array => at.GetArrayLength() == 0 ? null : string.Join(", ", at.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : item.GetRawText())),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => at.GetRawText(),
        };
    }

    private static string Text(string text) =>
        text.Length >= 20 && DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : text;
}
