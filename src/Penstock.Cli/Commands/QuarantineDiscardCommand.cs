using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Pipelines.Quarantine;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock quarantine discard</c>.</summary>
internal sealed class QuarantineDiscardCommand(Surroundings surroundings) : QuarantineChange(
    surroundings,
    "discard",
    "Throws records out of quarantine: they count as filtered. Raw keeps them; a replay of their whole blob checks them again.",
    ("quarantine discard --id ID", "this one"),
    ("quarantine discard --pipeline orders --rule json", "all that are no JSON"))
{
    protected override async Task<Outcome> HereAsync(LocalWork work, QuarantineFilter which, CancellationToken cancellationToken) =>
        Discarded(await work.Get<QuarantineDesk>().DiscardAsync(which, cancellationToken));

    protected override Outcome There(JsonElement answer) => Discarded(answer.GetProperty("discarded").GetInt32());

    private static Outcome Discarded(int discarded) => new(new { discarded }, $"{discarded:N0} records were discarded.");
}
