using System.Text.Json;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Loads a pipeline from its files and says everything that is wrong in them.</summary>
internal static partial class PipelineLoader
{
    public const string FileName = "pipeline.yaml";

    /// <summary>Whether a text can be a pipeline's name.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    public static async ValueTask<PipelineEntry> LoadAsync(string name, IPipelineFiles files, CancellationToken cancellationToken)
    {
        var loading = new Loading(name, files);
        Pipeline? pipeline = await ReadAsync(name, loading, cancellationToken);
        if (loading.All.Count == 0 && pipeline is not null)
            return new UsablePipeline(pipeline);
        IOrderedEnumerable<DefinitionProblem> problems = loading.All.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line);
        return new BrokenPipeline(name, [.. problems]) { Secrets = loading.Secrets };
    }

    private static async ValueTask<Pipeline?> ReadAsync(string name, Loading loading, CancellationToken cancellationToken)
    {
        Problems problems = loading.Problems;
        if (!IsName(name))
            problems.Add(0, "", $"'{name}' can't be a pipeline's name.", "Rename the folder: lower-case letters, digits and dashes, at most 63.");
        if (SystemPipeline.Is(name))
            problems.Add(0, "", $"'{name}' is the pipeline of Penstock's own figures.", "Give the folder another name.");
        string? text = await loading.Folder.ReadAsync(FileName, (message, fix) => problems.Add(0, "", message, fix), cancellationToken);
        if (text is null || YamlDocument.Read(text, problems) is not { } root)
            return null;
        if (root is not YamlMap map)
        {
            problems.Add(root.Line, "", $"The file must be a mapping, but is {root.Kind}.", "Begin it with: pipeline: " + name);
            return null;
        }

        var fields = new Fields(map, "", problems);
        if (fields.RequiredText("pipeline", $"pipeline: {name}") is { } written && written != name)
            fields.Add("pipeline", $"The pipeline is called '{written}', but its folder '{name}'.", "Give both the same name.");
        string? connector = fields.Text("connector");
        string? manifest = connector is null ? null
            : await loading.Folder.ReadAsync(connector, (message, fix) => fields.Add("connector", message, fix), cancellationToken);
        (JsonElement config, IReadOnlyDictionary<string, int> configLines) = ConfigFields.Read(fields, loading);
        var pipeline = new Pipeline
        {
            Name = name,
            Description = fields.Text("description") ?? "",
            Owner = fields.Text("owner") ?? "",
            Manifest = connector is null || manifest is null ? null : new(loading.Folder.PathOf(connector), manifest),
            Config = config,
            ConfigLines = configLines,
            Schedule = ScheduleFields.Read(fields),
            Hosts = HostFields.Read(fields),
            Monitors = MonitorFields.Read(fields, loading),
            CallPrice = PriceFields.ReadCall(fields),
            Budget = BudgetFields.Read(fields),
            Paused = fields.Boolean("paused") ?? false,
            Streams = await StreamFields.ReadAsync(fields, loading, cancellationToken),
            Secrets = loading.Secrets,
        };
        fields.RejectOthers();
        return pipeline;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Name();
}
