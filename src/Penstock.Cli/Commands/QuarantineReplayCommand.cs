using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock quarantine replay</c>.</summary>
internal sealed class QuarantineReplayCommand(Surroundings surroundings) : QuarantineChange(
    surroundings,
    "replay",
    "Transforms records in quarantine again, from raw, and no others. Mend the contract or the pipeline first: those that pass now are curated, the others stay.",
    ("quarantine replay --pipeline orders", "all of a pipeline"),
    ("quarantine replay --id ID --id ID", "these"))
{
    protected override async Task<Outcome> HereAsync(LocalWork work, QuarantineFilter which, CancellationToken cancellationToken)
    {
        QuarantineReplay replay = await work.Get<QuarantineDesk>().ReplayAsync(which, cancellationToken);
        IReadOnlyList<WorkOutcome> outcomes = await work.DrainAsync(QueueNames.Transform, cancellationToken);
        if (outcomes.OfType<BlobWorked>().Select(worked => worked.Outcome).OfType<TransformDeferred>().FirstOrDefault() is { } deferred)
            return new Outcome(null, deferred.Reason);
        int stay = await work.Get<QuarantineShelf>().ListAsync(which with { Rule = null }, cancellationToken: cancellationToken).CountAsync(cancellationToken);
        return new Outcome(
            new { replay.Id, replay.Records, replay.Blobs, stay },
            $"{replay.Records:N0} records of {replay.Blobs:N0} raw blobs were transformed again; {stay:N0} are in quarantine now.");
    }

    protected override Outcome There(JsonElement answer) => new(
        answer, $"{answer.GetProperty("records").GetInt32():N0} records are on their way again. Run 'penstock quarantine list' to see which stay.");
}
