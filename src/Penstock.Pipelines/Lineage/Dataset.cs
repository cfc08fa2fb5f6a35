namespace Penstock.Pipelines.Lineage;

/// <summary>A dataset as OpenLineage names it.</summary>
/// <param name="Namespace">Where it is.</param>
/// <param name="Name">What it is called there.</param>
public sealed record Dataset(string Namespace, string Name);
