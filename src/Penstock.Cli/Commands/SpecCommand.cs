using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.ConnectorCommands;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock spec</c> of the Airbyte protocol.</summary>
internal sealed class SpecCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly ConnectorInput _input;

    public SpecCommand(Surroundings surroundings)
        : base(
            "spec",
            "Writes what config a connector expects, as an Airbyte SPEC message.",
            ("spec earthquakes", "of a pipeline's connector"),
            ("spec --manifest connector.yaml", "of a manifest"))
    {
        _surroundings = surroundings;
        _input = new ConnectorInput(surroundings);
        _input.AddTo(this, withConfig: false);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await _input.OpenAsync(parsed, withConfig: false, cancellationToken) is not { } opened)
            return ExitCode.BadInput;
        await using Stream output = _surroundings.OpenOut();
        return opened.On(output).WriteSpec() ? ExitCode.Ok : ExitCode.Failed;
    }
}
