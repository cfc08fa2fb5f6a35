using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.ConnectorCommands;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock check</c> of the Airbyte protocol.</summary>
internal sealed class CheckCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly ConnectorInput _input;

    public CheckCommand(Surroundings surroundings)
        : base(
            "check",
            "Asks the source whether a config works, and writes an Airbyte CONNECTION_STATUS message.",
            ("check earthquakes", "a pipeline's connector with its config"),
            ("check --manifest connector.yaml --config config.json", "a manifest with a config"))
    {
        _surroundings = surroundings;
        _input = new ConnectorInput(surroundings);
        _input.AddTo(this, withConfig: true);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await _input.OpenAsync(parsed, withConfig: true, cancellationToken) is not { } opened)
            return ExitCode.BadInput;
        await using Stream output = _surroundings.OpenOut();
        return await opened.On(output).CheckAsync(opened.Config, cancellationToken) ? ExitCode.Ok : ExitCode.Failed;
    }
}
