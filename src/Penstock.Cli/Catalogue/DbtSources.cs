using System.Globalization;
using System.Text;
using Penstock.Pipelines.Catalogue;

namespace Penstock.Cli.Catalogue;

/// <summary>A dbt <c>sources.yml</c>: what contracts promise becomes tests, what pipelines promise becomes freshness.</summary>
/// <param name="database">The database that the curated records are in; null for the target's.</param>
/// <param name="schema">The schema; null for the pipeline's name.</param>
internal sealed class DbtSources(string? database, string? schema)
{
    public string Write(DataCatalog catalog)
    {
        var text = new StringBuilder("# Written by 'penstock dbt sources' from pipelines and contracts. Write it again instead of changing it.\nversion: 2\n\nsources:\n");
        foreach (IGrouping<string, CatalogEntry> pipeline in catalog.Items.GroupBy(entry => entry.Pipeline))
        {
            CatalogEntry first = pipeline.First();
            text.Append(CultureInfo.InvariantCulture, $"  - name: {Name(pipeline.Key)}\n");
            Optional(text, 4, "description", first.Description);
            Optional(text, 4, "database", database);
            Optional(text, 4, "schema", schema ?? Name(pipeline.Key));
            text.Append("    loader: penstock\n");
            if (first.Owner.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"    meta: {{ owner: {CatalogOdcs.Quote(first.Owner)} }}\n");
            text.Append("    tables:\n");
            foreach (CatalogEntry entry in pipeline)
                Table(text, entry);
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, CatalogEntry entry)
    {
        text.Append(CultureInfo.InvariantCulture, $"      - name: {Name(entry.Stream)}\n");
        if (entry.Contract is { } contract)
            text.Append(CultureInfo.InvariantCulture, $"        meta: {{ contract: {CatalogOdcs.Quote($"{contract.Id}@{contract.Version}")} }}\n");
        Freshness(text, entry);
        CatalogField[] columns = [.. entry.Fields.Where(field => !field.Path.Contains('.'))];
        if (columns.Length == 0)
            return;
        text.Append("        columns:\n");
        foreach (CatalogField column in columns)
            Column(text, column, entry.Key);
    }

    // dbt compares a column with now: only a timestamp in the records can be that column.
    private static void Freshness(StringBuilder text, CatalogEntry entry)
    {
        if (entry.Freshness.PromisedSeconds is not { } seconds || entry.Version is not { } version
            || entry.Fields.FirstOrDefault(field => field.Path == version) is not { Type: "timestamp" })
            return;
        int minutes = Math.Max(1, (int)Math.Ceiling(seconds / 60));
        text.Append(CultureInfo.InvariantCulture, $"        loaded_at_field: {Name(version)}\n        freshness:\n          warn_after: {{ count: {minutes}, period: minute }}\n          error_after: {{ count: {2 * minutes}, period: minute }}\n");
    }

    private static void Column(StringBuilder text, CatalogField column, IReadOnlyList<string> key)
    {
        text.Append(CultureInfo.InvariantCulture, $"          - name: {Name(column.Path)}\n");
        if (column.Classification.Length > 0 || column.IsMasked)
            text.Append(CultureInfo.InvariantCulture, $"            meta: {{ classification: {CatalogOdcs.Quote(column.Classification)}, masked: {(column.IsMasked ? "true" : "false")} }}\n");
        List<string> tests = [];
        if (column.Required || key.Contains(column.Path))
            tests.Add("not_null");
        if (column.Unique || key is [var only] && only == column.Path)
            tests.Add("unique");
        if (column.Values is { Count: > 0 } values)
            tests.Add($"accepted_values: {{ values: [{string.Join(", ", values.Select(value => value ?? "null"))}] }}");
        if (tests.Count == 0)
            return;
        text.Append("            data_tests:\n");
        foreach (string test in tests)
            text.Append(CultureInfo.InvariantCulture, $"              - {test}\n");
    }

    private static void Optional(StringBuilder text, int indent, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            text.Append(' ', indent).Append(CultureInfo.InvariantCulture, $"{name}: {CatalogOdcs.Quote(value)}\n");
    }

    // Names of tables and columns are mostly plain; what isn't is quoted.
    private static string Name(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(text[0]) ? text : CatalogOdcs.Quote(text);
}
