using System.Security.Cryptography;
using Penstock.Infra.Data;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;

namespace Penstock.Infra.Pipelines;

/// <summary>What the pipelines of a folder need in Azure.</summary>
/// <param name="Pipelines">The pipelines.</param>
/// <param name="Files">Their files: configuration blobs.</param>
internal sealed record PipelineNeeds(IReadOnlyList<Pipeline> Pipelines, IReadOnlyList<ConfigurationFile> Files)
{
    /// <summary>The Event Hubs that streams receive from, each once.</summary>
    public IReadOnlyList<string> Hubs { get; } = Distinct(Pipelines.SelectMany(pipeline => pipeline.Streams).Select(stream => stream.Reception?.EventHub));

    /// <summary>The names of the secrets that must have a value.</summary>
    public IReadOnlyList<string> Secrets { get; } = Distinct(Pipelines.SelectMany(pipeline => pipeline.Secrets).Select(secret => secret.Name));

    /// <summary>The pipelines that promise how fresh some stream is.</summary>
    public IReadOnlyList<Pipeline> Promising { get; } = [.. Pipelines.Where(pipeline => pipeline.Streams.Any(stream => stream.Freshness is not null))];

    /// <summary>Reads a folder of pipelines.</summary>
    /// <param name="folder">The folder that holds one folder a pipeline.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PipelineException">A pipeline is broken; it lists every problem.</exception>
    public static async Task<PipelineNeeds> ReadAsync(string folder, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<PipelineEntry> entries = await new FolderPipelineCatalog(folder).ListAsync(cancellationToken);
        DefinitionProblem[] problems = [.. entries.OfType<BrokenPipeline>().SelectMany(broken => broken.Problems)];
        if (problems.Length > 0)
            throw new PipelineException(problems);
        Pipeline[] pipelines = [.. entries.OfType<UsablePipeline>().Select(usable => usable.Pipeline)];
        var needs = new PipelineNeeds(pipelines, []);
        if (needs.Hubs.Count > EventStreams.MaxHubs)
        {
            throw new PipelineException([new("", 0, "", $"The pipelines receive from {needs.Hubs.Count} Event Hubs ({string.Join(", ", needs.Hubs)}); the app reads {EventStreams.MaxHubs}.",
                "Let some share a hub, or give the function app more Receive functions and EventStreams.MaxHubs the same number.")]);
        }

        var files = new List<ConfigurationFile>();
        foreach (Pipeline pipeline in pipelines)
        {
            string root = Path.Combine(folder, pipeline.Name);
            foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                byte[] content = await File.ReadAllBytesAsync(file, cancellationToken);
                files.Add(new($"{pipeline.Name}/{Path.GetRelativePath(root, file).Replace('\\', '/')}", file, Convert.ToHexStringLower(SHA256.HashData(content))));
            }
        }

        // What things cost is told beside the pipelines.
        string prices = Path.Combine(folder, "prices.yaml");
        if (File.Exists(prices))
            files.Add(new("prices.yaml", prices, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(prices, cancellationToken)))));
        return needs with { Files = files };
    }

    private static string[] Distinct(IEnumerable<string?> names) => [.. names.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
}

/// <summary>A file of a pipeline that becomes a configuration blob.</summary>
/// <param name="Path">Its path from the pipelines' folder.</param>
/// <param name="Source">The file.</param>
/// <param name="Sha256">Its content's hash, hexadecimal.</param>
internal sealed record ConfigurationFile(string Path, string Source, string Sha256);

/// <summary>Pipelines are broken; nothing was created.</summary>
internal sealed class PipelineException(IReadOnlyList<DefinitionProblem> problems)
    : Exception($"Nothing was created: the pipelines have {problems.Count} problem(s).\n" + string.Join('\n', problems));
