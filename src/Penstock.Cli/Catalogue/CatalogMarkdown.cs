using System.Globalization;
using System.Text;
using Penstock.Pipelines.Catalogue;

namespace Penstock.Cli.Catalogue;

/// <summary>The catalogue as Markdown: an index, and a page a stream.</summary>
internal static class CatalogMarkdown
{
    public static IEnumerable<(string Name, string Text)> Files(DataCatalog catalog)
    {
        yield return ("index.md", Index(catalog));
        foreach (CatalogEntry entry in catalog.Items)
            yield return ($"{entry.Pipeline}.{entry.Stream}.md", Page(entry));
    }

    private static string Index(DataCatalog catalog)
    {
        var text = new StringBuilder($"# Data catalogue\n\nAs of {Time(catalog.At)}.\n\n| stream | contract | owner | fields | fresh until | what it is |\n|---|---|---|---:|---|---|\n");
        foreach (CatalogEntry entry in catalog.Items)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| [{Cell($"{entry.Pipeline}/{entry.Stream}")}]({Uri.EscapeDataString($"{entry.Pipeline}.{entry.Stream}.md")}) | {Cell(Contract(entry))} | {Cell(entry.Owner)} | {entry.Fields.Count} | {(entry.Freshness.Until is { } until ? Time(until) : "–")} | {Cell(entry.Description)} |\n");
        }

        return text.ToString();
    }

    private static string Page(CatalogEntry entry)
    {
        var text = new StringBuilder($"# {entry.Pipeline}/{entry.Stream}\n\n{entry.Description}\n\n| | |\n|---|---|\n");
        foreach ((string name, string? value) in Facts(entry))
        {
            if (!string.IsNullOrEmpty(value))
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {Cell(value)} |\n");
        }

        text.Append("\n## Fields\n\n| field | type | required | classification | change |\n|---|---|---|---|---|\n");
        foreach (CatalogField field in entry.Fields)
            text.Append(CultureInfo.InvariantCulture, $"| `{Cell(field.Path)}` | {field.Type} | {(field.Required ? "yes" : "")} | {Cell(field.Classification)} | {(field.IsMasked ? "masked: " : "")}{field.Change} |\n");
        if (entry.Samples is { Count: > 0 } samples)
        {
            text.Append("\n## Samples\n\n```json\n");
            foreach (var sample in samples)
                text.Append(sample.ToString().ReplaceLineEndings(" ")).Append('\n');
            text.Append("```\n");
        }

        return text.ToString();
    }

    internal static IEnumerable<(string Name, string? Value)> Facts(CatalogEntry entry) =>
    [
        ("contract", Contract(entry)),
        ("owner", entry.Owner),
        ("support", string.Join(", ", entry.Support)),
        ("tags", string.Join(", ", entry.Tags)),
        ("kind", entry.Kind),
        ("key", string.Join(", ", entry.Key)),
        ("version", entry.Version),
        ("source", string.Join(", ", entry.Sources.Select(source => $"{source.Namespace} {source.Name}"))),
        ("raw", $"{entry.Raw.Namespace} {entry.Raw.Name}"),
        ("curated", $"{entry.Curated.Namespace} {entry.Curated.Name}"),
        ("fresh until", entry.Freshness.Until is { } until ? Time(until) : null),
        ("freshness promised", CatalogTable.Promise(entry.Freshness)),
        ("last 24 hours", string.Create(CultureInfo.InvariantCulture, $"{entry.Volume.Read:N0} records read, {entry.Volume.Quarantined:N0} quarantined")),
        ("last run", entry.LastRun is { } run ? string.Create(CultureInfo.InvariantCulture, $"{run.Id}: {run.Status}, {run.Landed:N0} records landed") : null),
    ];

    internal static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Contract(CatalogEntry entry) => entry.Contract is { } contract ? $"{contract.Id} {contract.Version}{(contract.Status.Length > 0 ? $" ({contract.Status})" : "")}" : "";

    private static string Cell(string text) => text.Replace("|", "\\|").ReplaceLineEndings(" ");
}
