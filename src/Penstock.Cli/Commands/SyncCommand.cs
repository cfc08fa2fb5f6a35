using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.ConnectorCommands;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock sync PIPELINE</c>: plan, extract and transform on folder stores until the pipeline is quiet.</summary>
internal sealed class SyncCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string> _pipeline = new("PIPELINE") { Description = "The pipeline's name." };
    private readonly Option<string[]> _streams = new("--stream", "-s") { Description = "Only this stream; any number of them. All by default.", HelpName = "STREAM", DefaultValueFactory = _ => [] };

    private readonly Option<DateTimeOffset?> _from = new("--from")
    {
        Description = "Read a past window again, from this moment on. The cursor stays where it is.",
        HelpName = "TIME",
        CustomParser = Parsed.One(TimeText.Read, "a time", TimeText.Forms),
    };

    private readonly Option<DateTimeOffset?> _to = new("--to")
    {
        Description = "The first moment after the window; now by default.",
        HelpName = "TIME",
        CustomParser = Parsed.One(TimeText.Read, "a time", TimeText.Forms),
    };

    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _secrets = CommonOptions.Secrets();
    private readonly Option<string[]> _components = OwnComponents.Option();
    private readonly Option<bool> _verbose = CommonOptions.Verbose();
    private readonly Option<bool> _json = CommonOptions.Json();

    public SyncCommand(Surroundings surroundings)
        : base(
            "sync",
            "Pulls a pipeline's streams, lands them raw, curates them, all on folders of this machine, and ends when nothing is left to do. Stopped or killed, the same command takes it up where it was.",
            ("sync earthquakes", "what is new since the last time"),
            ("sync earthquakes --stream events --data /tmp/try", "one stream, into another folder"),
            ("sync earthquakes --from 2026-01-01 --to 2026-01-08", "a past week again"))
    {
        _surroundings = surroundings;
        foreach (Symbol symbol in (Symbol[])[_pipeline, _streams, _from, _to, _pipelines, _data, _secrets, _components, _verbose, _json])
        {
            if (symbol is Argument argument)
                Add(argument);
            else
                Add((Option)symbol);
        }
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string root = _surroundings.FullPath(parsed.GetRequiredValue(_pipelines));
        var catalog = new FolderPipelineCatalog(root);
        string name = parsed.GetRequiredValue(_pipeline);
        switch (await catalog.FindAsync(name, cancellationToken))
        {
            case UsablePipeline { Pipeline: var pipeline }:
                return await RunAsync(parsed, pipeline, root, cancellationToken);
            case BrokenPipeline broken:
                return Refuse(broken.Problems, root);
            default:
                string known = string.Join(", ", (await catalog.ListAsync(cancellationToken)).Select(entry => entry.Name));
                return Failure.Report(_surroundings, $"There is no pipeline '{name}' in '{_surroundings.ShortPath(root)}'.",
                    known.Length > 0 ? $"There are: {known}." : "Give the folder of your pipelines with --pipelines DIR.", ExitCode.BadInput);
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, Pipeline pipeline, string root, CancellationToken cancellationToken)
    {
        string data = _surroundings.FullPath(parsed.GetRequiredValue(_data));
        string secrets = _surroundings.FullPath(parsed.GetRequiredValue(_secrets));
        if (OwnComponents.Load(parsed.GetRequiredValue(_components), _surroundings) is not { } components)
            return ExitCode.BadInput;
        await using LocalWork? work = LocalWork.TryOpen(data, secrets, pipeline, _surroundings.Time, parallelism: 4, parsed.GetValue(_verbose), components);
        if (work is null)
            return DataInUse(data);
        var sync = new LocalSync(work, _surroundings);
        string[] streams = parsed.GetRequiredValue(_streams);
        string[] pulled = [.. pipeline.Streams.Where(stream => stream.Reception is null && (streams.Length == 0 || streams.Contains(stream.Name))).Select(stream => stream.Name)];
        if (await sync.CheckAsync(pipeline, pulled, cancellationToken) is { Count: > 0 } problems)
            return Refuse(problems, root);

        OperatorCommand command = parsed.GetValue(_from) is { } from
            ? new StartBackfill(pipeline.Name, streams, from, parsed.GetValue(_to) ?? _surroundings.Time.GetUtcNow())
            : new RunNow(pipeline.Name, streams);
        if (await sync.RunAsync(command, cancellationToken) is not SyncDone { Snapshot: var snapshot })
            return ExitCode.BadInput;
        IReadOnlyList<RunReport> rows = [.. snapshot.Runs.Select(run => RunReport.Of(run, snapshot.Elapsed))];
        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, new { pipeline = pipeline.Name, data, streams = rows });
        else
            RunReport.WriteTable(_surroundings, rows);
        return snapshot.IsGood ? ExitCode.Ok : ExitCode.Failed;
    }

    private int Refuse(IReadOnlyList<DefinitionProblem> problems, string root)
    {
        foreach (DefinitionProblem problem in problems)
            _surroundings.Error.WriteLine(problem with { File = _surroundings.ShortPath(Path.Combine(root, problem.File)) });
        return ExitCode.BadInput;
    }

    private int DataInUse(string data) => Failure.Report(
        _surroundings, $"Another penstock works on '{_surroundings.ShortPath(data)}'.", "Wait until it is done, or give another folder with --data DIR.");
}
