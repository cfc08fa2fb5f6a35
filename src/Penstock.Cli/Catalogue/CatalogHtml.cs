using System.Globalization;
using System.Net;
using System.Text;
using Penstock.Pipelines.Catalogue;

namespace Penstock.Cli.Catalogue;

/// <summary>The catalogue as one HTML page that needs nothing else: no script, no network, light and dark.</summary>
internal static class CatalogHtml
{
    private const string Style = """
        :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent) }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1rem }
        table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem }
        th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top }
        section { border-top: 2px solid var(--line); margin-top: 2rem }
        pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .4rem }
        .wide { overflow-x: auto }
        .broken { font-weight: 700 }
        """;

    public static string Page(DataCatalog catalog)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Data catalogue</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<main>\n<h1>Data catalogue</h1>\n<p>As of {CatalogMarkdown.Time(catalog.At)}.</p>\n<nav aria-label=\"Streams\"><ul>\n");
        foreach (CatalogEntry entry in catalog.Items)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{Id(entry)}\">{Text($"{entry.Pipeline}/{entry.Stream}")}</a> {Text(entry.Description)}</li>\n");
        html.Append("</ul></nav>\n");
        foreach (CatalogEntry entry in catalog.Items)
            Section(html, entry);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Section(StringBuilder html, CatalogEntry entry)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section id=\"{Id(entry)}\" aria-labelledby=\"{Id(entry)}-name\">\n<h2 id=\"{Id(entry)}-name\">{Text($"{entry.Pipeline}/{entry.Stream}")}</h2>\n<p>{Text(entry.Description)}</p>\n<table>\n");
        foreach ((string name, string? value) in CatalogMarkdown.Facts(entry))
        {
            if (!string.IsNullOrEmpty(value))
                html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{name}</th><td{(name == "freshness promised" && entry.Freshness.IsKept == false ? " class=\"broken\"" : "")}>{Text(value)}</td></tr>\n");
        }

        html.Append("</table>\n<h3>Fields</h3>\n<div class=\"wide\"><table>\n<tr><th scope=\"col\">field</th><th scope=\"col\">type</th><th scope=\"col\">required</th><th scope=\"col\">classification</th><th scope=\"col\">change</th></tr>\n");
        foreach (CatalogField field in entry.Fields)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Text(field.Path)}</code></td><td>{Text(field.Type)}</td><td>{(field.Required ? "yes" : "")}</td><td>{Text(field.Classification)}</td><td>{(field.IsMasked ? "masked: " : "")}{Text(field.Change)}</td></tr>\n");
        html.Append("</table></div>\n");
        if (entry.Samples is { Count: > 0 } samples)
            html.Append(CultureInfo.InvariantCulture, $"<h3>Samples</h3>\n<pre tabindex=\"0\">{Text(string.Join('\n', samples.Select(sample => sample.ToString().ReplaceLineEndings(" "))))}</pre>\n");
        html.Append("</section>\n");
    }

    private static string Id(CatalogEntry entry) => Text(Uri.EscapeDataString($"{entry.Pipeline}.{entry.Stream}"));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
