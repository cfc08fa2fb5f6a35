using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Penstock.Pipelines.Lineage;

namespace Penstock.Pipelines.Catalogue;

/// <summary>How the catalogue, lineage and costs are written as JSON: camelCase, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(DataCatalog))]
[JsonSerializable(typeof(CatalogEntry))]
[JsonSerializable(typeof(LineageGraph))]
[JsonSerializable(typeof(Costs.CostReport))]
[JsonSerializable(typeof(JsonNode))]
public sealed partial class CatalogJson : JsonSerializerContext;
