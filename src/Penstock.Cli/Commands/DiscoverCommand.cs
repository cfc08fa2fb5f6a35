using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.ConnectorCommands;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock discover</c> of the Airbyte protocol.</summary>
internal sealed class DiscoverCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly ConnectorInput _input;

    public DiscoverCommand(Surroundings surroundings)
        : base(
            "discover",
            "Writes the streams that a connector has with a config, as an Airbyte CATALOG message.",
            ("discover earthquakes", "of a pipeline's connector"),
            ("discover --manifest connector.yaml --config config.json", "of a manifest"))
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
        return await opened.On(output).DiscoverAsync(opened.Config, cancellationToken) ? ExitCode.Ok : ExitCode.Failed;
    }
}
