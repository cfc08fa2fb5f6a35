using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.ConnectorCommands;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock read</c> of the Airbyte protocol.</summary>
internal sealed class ReadCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly ConnectorInput _input;
    private readonly Option<string[]> _streams = new("--stream", "-s") { Description = "Only this stream; any number of them. All by default.", HelpName = "STREAM", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _state = new("--state") { Description = "A JSON file with the state of an earlier reading, in any of Airbyte's forms.", HelpName = "FILE" };

    public ReadCommand(Surroundings surroundings)
        : base(
            "read",
            "Reads a connector's streams and writes Airbyte RECORD, STATE and TRACE messages, one JSON object a line. Nothing is landed; see 'penstock sync' for that.",
            ("read earthquakes", "a pipeline's connector with its config"),
            ("read --manifest connector.yaml --config config.json --stream events", "one stream of a manifest"),
            ("read earthquakes --state state.json", "what is new since an earlier reading"),
            ("read earthquakes --record recorded", "keep every call and its answer"),
            ("read earthquakes --replay recorded", "the same reading again, without the source"))
    {
        _surroundings = surroundings;
        _input = new ConnectorInput(surroundings);
        _input.AddTo(this, withConfig: true);
        Add(_streams);
        Add(_state);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> state = default;
        if (parsed.GetValue(_state) is { } file)
        {
            string path = _surroundings.FullPath(file);
            if (!File.Exists(path))
                return Failure.Report(_surroundings, $"There is no file '{file}'.", "Correct the path, or leave --state out to begin at the start.", ExitCode.BadInput);
            state = await File.ReadAllBytesAsync(path, cancellationToken);
        }

        if (await _input.OpenAsync(parsed, withConfig: true, cancellationToken) is not { } opened)
            return ExitCode.BadInput;
        await using Stream output = _surroundings.OpenOut();
        return await opened.On(output).ReadAsync(opened.Config, state, parsed.GetRequiredValue(_streams), cancellationToken) ? ExitCode.Ok : ExitCode.Failed;
    }
}
