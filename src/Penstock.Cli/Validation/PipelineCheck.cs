using Penstock.Connectors.Components;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;

namespace Penstock.Cli.Validation;

/// <summary>What a validation found out about one pipeline.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Pulled">Its pulled streams; null if the file is too broken to tell.</param>
/// <param name="Received">Its received streams; null if the file is too broken to tell.</param>
/// <param name="Contracts">How many streams have a contract.</param>
/// <param name="Secrets">The secrets it names.</param>
/// <param name="Problems">Everything that is wrong.</param>
internal sealed record PipelineCheck(
    string Pipeline, int? Pulled, int? Received, int? Contracts, IReadOnlyList<string> Secrets, IReadOnlyList<DefinitionProblem> Problems)
{
    /// <summary>Checks a pipeline beyond its own files.</summary>
    /// <param name="entry">The pipeline as it was loaded.</param>
    /// <param name="secrets">Where its secrets are; null not to ask.</param>
    /// <param name="components">The components of one's own that its connector may name.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static async Task<PipelineCheck> RunAsync(PipelineEntry entry, ISecretStore? secrets, ConnectorComponents components, CancellationToken cancellationToken)
    {
        Pipeline? pipeline = (entry as UsablePipeline)?.Pipeline;
        IReadOnlyList<DefinitionProblem> problems = (entry as BrokenPipeline)?.Problems ?? [];
        IReadOnlyList<SecretReference> references = pipeline?.Secrets ?? (entry as BrokenPipeline)?.Secrets ?? [];
        var found = new List<DefinitionProblem>(pipeline is null ? [] : ManifestCheck.Problems(pipeline, TimeProvider.System, components));
        foreach (SecretReference reference in references)
        {
            if (secrets is not null && await secrets.FindAsync(reference.Name, cancellationToken) is null)
                found.Add(reference.Missing());
        }

        return new PipelineCheck(
            entry.Name,
            pipeline?.Streams.Count(stream => stream.Reception is null),
            pipeline?.Streams.Count(stream => stream.Reception is not null),
            pipeline?.Streams.Count(stream => stream.Contract is not null),
            [.. references.Select(reference => reference.Name).Distinct()],
            [.. problems.Concat(found).OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line)]);
    }
}
