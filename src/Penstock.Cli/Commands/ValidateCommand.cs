using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.ConnectorCommands;
using Penstock.Cli.Output;
using Penstock.Cli.Validation;
using Penstock.Connectors.Components;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ports;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock validate [PATH]</c>: every problem of every pipeline, as compilers write it.</summary>
internal sealed class ValidateCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string> _path = new("PATH")
    {
        Description = "The folder that holds one folder a pipeline, or the folder of one pipeline.",
        DefaultValueFactory = _ => "pipelines",
    };

    private readonly Option<string> _secrets = CommonOptions.Secrets();
    private readonly Option<bool> _noSecrets = new("--no-secrets") { Description = "Don't ask whether the secrets are there." };
    private readonly Option<string[]> _components = OwnComponents.Option();
    private readonly Option<bool> _json = CommonOptions.Json();

    public ValidateCommand(Surroundings surroundings)
        : base(
            "validate",
            "Checks pipelines, connectors, contracts and secrets, and says what is wrong in which line and how to mend it.",
            ("validate", "all pipelines in ./pipelines"),
            ("validate pipelines/earthquakes", "one pipeline"),
            ("validate --no-secrets --json", "in CI, where there are no secrets"))
    {
        _surroundings = surroundings;
        Add(_path);
        Add(_secrets);
        Add(_noSecrets);
        Add(_components);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = Path.TrimEndingDirectorySeparator(_surroundings.FullPath(parsed.GetRequiredValue(_path)));
        if (!Directory.Exists(path))
        {
            return Failure.Report(_surroundings, $"There is no folder '{_surroundings.ShortPath(path)}'.",
                "Give the folder that holds your pipelines: penstock validate PATH", ExitCode.BadInput);
        }

        bool isOne = File.Exists(Path.Combine(path, "pipeline.yaml"));
        string root = isOne ? Path.GetDirectoryName(path)! : path;
        IReadOnlyList<PipelineEntry> entries = await new FolderPipelineCatalog(root).ListAsync(cancellationToken);
        if (isOne)
            entries = [.. entries.Where(entry => entry.Name == Path.GetFileName(path))];
        if (entries.Count == 0)
        {
            return Failure.Report(_surroundings, $"There are no pipelines in '{_surroundings.ShortPath(path)}'.",
                "A pipeline is a folder with a pipeline.yaml in it.", ExitCode.BadInput);
        }

        ISecretStore? secrets = parsed.GetValue(_noSecrets) ? null : LocalSecrets.In(_surroundings.FullPath(parsed.GetRequiredValue(_secrets)));
        if (OwnComponents.Load(parsed.GetRequiredValue(_components), _surroundings) is not { } own)
            return ExitCode.BadInput;
        var components = new ConnectorComponents(own);
        var checks = new List<PipelineCheck>();
        foreach (PipelineEntry entry in entries)
            checks.Add(await PipelineCheck.RunAsync(entry, secrets, components, cancellationToken));
        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, checks);
        else
            Write(checks, root);
        return checks.Any(check => check.Problems.Count > 0) ? ExitCode.BadInput : ExitCode.Ok;
    }

    private void Write(List<PipelineCheck> checks, string root)
    {
        foreach (DefinitionProblem problem in checks.SelectMany(check => check.Problems))
            _surroundings.Out.WriteLine(problem with { File = _surroundings.ShortPath(Path.Combine(root, problem.File)) });
        Report.WriteTable(
            _surroundings,
            ["pipeline", "result", "problems", "pulled", "received", "contracts", "secrets"],
            checks.Select(check => new object?[]
            {
                check.Pipeline, check.Problems.Count == 0 ? "ok" : "broken", check.Problems.Count, check.Pulled, check.Received, check.Contracts, check.Secrets.Count,
            }));
        int problems = checks.Sum(check => check.Problems.Count);
        int broken = checks.Count(check => check.Problems.Count > 0);
        _surroundings.Out.WriteLine(
            problems == 0 ? $"{checks.Count} of {checks.Count} pipelines are fine."
            : $"{problems} {(problems == 1 ? "problem" : "problems")} in {broken} of {checks.Count} pipelines.{(broken < checks.Count ? " The others run all the same." : "")}");
    }
}
