using System.CommandLine;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock quarantine</c>: what was set aside.</summary>
internal sealed class QuarantineCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;

    public QuarantineCommand(Surroundings surroundings)
        : base(
            "quarantine",
            "Shows the records that break their contract, transforms just those again once it is mended, or throws them away.",
            ("quarantine list --pipeline orders", "which, and why"),
            ("quarantine show ID", "one of them, masked as its stream says"),
            ("quarantine replay --pipeline orders --rule logicalType", "those again, and nothing else"),
            ("quarantine discard --id ID", "not that one any more"))
    {
        _surroundings = surroundings;
        Add(new QuarantineListCommand(surroundings));
        Add(new QuarantineShowCommand(surroundings));
        Add(new QuarantineReplayCommand(surroundings));
        Add(new QuarantineDiscardCommand(surroundings));
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Task.FromResult(Failure.Report(
        _surroundings, "Say what: list, show, replay or discard.", "Run 'penstock quarantine --help' to see what each does.", ExitCode.BadInput));
}
