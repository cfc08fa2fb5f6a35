using System.Text;
using Penstock.Connectors;
using Penstock.Connectors.Components;
using Penstock.Connectors.Configs;
using Penstock.Connectors.Manifests;
using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Sources;

/// <summary>Checks a pipeline against its connector without secrets and without a call: manifest, streams, config.</summary>
public static class ManifestCheck
{
    /// <summary>Everything that keeps the pipeline's streams from running.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="time">The clock, for migrations of old configs.</param>
    /// <param name="components">The components of one's own that the manifest may name; none if null.</param>
    public static IReadOnlyList<DefinitionProblem> Problems(Pipeline pipeline, TimeProvider time, ConnectorComponents? components = null)
    {
        if (pipeline.Manifest is not { } manifest)
            return [];
        LoadResult loaded = Connector.Load(manifest.Yaml, manifest.FileName, components?.For(pipeline.Name));
        var problems = loaded.Problems.Where(problem => problem.Severity == ProblemSeverity.Error)
            .Select(problem => new DefinitionProblem(problem.File, problem.Line, problem.Path, problem.Message, problem.Fix)).ToList();
        if (loaded is ConnectorLoaded { Connector: var connector })
            problems.AddRange([.. UnknownStreams(pipeline, connector), .. NeverWhole(pipeline, connector), .. WrongConfig(pipeline, connector, time)]);
        return problems;
    }

    private static IEnumerable<DefinitionProblem> UnknownStreams(Pipeline pipeline, Connector connector)
    {
        if (connector.HasDynamicStreams)
            yield break; // Only the source knows them all.
        for (int i = 0; i < pipeline.Streams.Count; i++)
        {
            PipelineStream stream = pipeline.Streams[i];
            if (stream.Reception is null && !connector.StreamNames.Contains(stream.Name))
                yield return new DefinitionProblem(
                    pipeline.File, stream.Line, $"streams[{i}].stream", $"The connector has no stream '{stream.Name}'.",
                    $"It has: {string.Join(", ", connector.StreamNames)}.");
        }
    }

    // What doesn't come may only be older than the cursor.
    private static IEnumerable<DefinitionProblem> NeverWhole(Pipeline pipeline, Connector connector) =>
        pipeline.Streams.Index().Where(stream => stream.Item.Deletes is { Missing: true } && connector.IsIncremental(stream.Item.Name)).Select(stream => new DefinitionProblem(
            pipeline.File, stream.Item.Line, $"streams[{stream.Index}].deletes.missing",
            $"The connector reads of '{stream.Item.Name}' only what is new since its cursor, so what doesn't come needn't be gone.",
            "Remove 'missing', or the stream's incremental_sync from the manifest, so that each run reads all of it."));

    private static IEnumerable<DefinitionProblem> WrongConfig(Pipeline pipeline, Connector connector, TimeProvider time)
    {
        // A reference stands for a value that isn't known here: only that it is given can be checked.
        HashSet<string> secret = [.. pipeline.Secrets.Select(reference => reference.Path)];
        foreach (ConfigProblem problem in connector.CheckConfig(Encoding.UTF8.GetBytes(pipeline.Config.GetRawText()), time))
        {
            string path = $"config.{problem.Path}".TrimEnd('.');
            if (!secret.Contains(path))
                yield return new DefinitionProblem(
                    pipeline.File, pipeline.ConfigLines.GetValueOrDefault(path), path,
                    $"The value {problem.Message}.", $"See what the connector wants: penstock spec {pipeline.Name}");
        }
    }
}
