using System.Globalization;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;
using Penstock.Pipelines.Catalogue;

namespace Penstock.Cli.Catalogue;

/// <summary>The catalogue on a terminal.</summary>
internal sealed class CatalogTable(Surroundings surroundings)
{
    /// <summary>Writes a row a stream; of a single one the fields too.</summary>
    public void Write(DataCatalog catalog, bool isOne)
    {
        Report.WriteTable(
            surroundings,
            ["pipeline", "stream", "kind", "contract", "owner", "fields", "masked", "read 24 h", "quarantined", "fresh until", "promise"],
            catalog.Items.Select(entry => new object?[]
            {
                entry.Pipeline, entry.Stream, entry.Kind, entry.Contract is { } contract ? $"{contract.Id}@{contract.Version}" : null, entry.Owner,
                entry.Fields.Count, entry.Fields.Count(field => field.IsMasked), entry.Volume.Read, entry.Volume.Quarantined,
                entry.Freshness.Until?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture), Promise(entry.Freshness),
            }));
        if (!isOne)
            return;
        foreach (CatalogEntry entry in catalog.Items)
        {
            Report.WriteTable(
                surroundings,
                ["field", "type", "required", "unique", "classification", "change"],
                entry.Fields.Select(field => new object?[]
                {
                    field.Path, field.Type, field.Required ? "yes" : "", field.Unique ? "yes" : "", field.Classification, field.IsMasked ? $"masked: {field.Change}" : field.Change,
                }));
            foreach (var sample in entry.Samples ?? [])
                surroundings.Out.WriteLine(sample.ToString().ReplaceLineEndings(" "));
        }
    }

    internal static string? Promise(CatalogFreshness freshness) => freshness.PromisedSeconds is not { } seconds ? null
        : $"{TimeSpan.FromSeconds(seconds):c}{(freshness.IsKept switch { true => ", kept", false => ", BROKEN", null => "" })}";
}
