using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Lineage;

/// <summary>Where a stream's records come from and where they go.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Raw">Where it lands.</param>
/// <param name="Curated">Where it is curated.</param>
/// <param name="Fields">The fields of the curated records.</param>
/// <param name="Columns">Where each innermost curated field comes from.</param>
public sealed record StreamLineage(
    Pipeline Pipeline, PipelineStream Stream, IReadOnlyList<Dataset> Sources, Dataset Raw, Dataset Curated,
    IReadOnlyList<SchemaField> Fields, IReadOnlyList<ColumnLineage> Columns)
{
    /// <summary>The job that does it.</summary>
    public string Job => $"{Pipeline.Name}.{Stream.Name}";
}

/// <summary>Where a curated field comes from.</summary>
/// <param name="Field">The curated field's path.</param>
/// <param name="Inputs">The paths in the raw record that it is made of.</param>
/// <param name="Change">What becomes of the value on the way: <c>identity</c>, or what the pipeline does with it.</param>
/// <param name="IsMasked">Whether the value can't be read any more.</param>
public sealed record ColumnLineage(string Field, IReadOnlyList<string> Inputs, string Change, bool IsMasked);
