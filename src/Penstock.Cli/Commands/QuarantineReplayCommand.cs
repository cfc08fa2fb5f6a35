using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Cli.Privacy;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock quarantine replay</c>.</summary>
internal sealed class QuarantineReplayCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly QuarantineChoice _choice = new();
    private readonly PlaceOptions _place = new();

    public QuarantineReplayCommand(Surroundings surroundings)
        : base(
            "replay",
            "Transforms records in quarantine again, from raw, and no others. Mend the contract or the pipeline first: those that pass now are curated, the others stay.",
            ("quarantine replay --pipeline orders", "all of a pipeline"),
            ("quarantine replay --id ID --id ID", "these"))
    {
        _surroundings = surroundings;
        _choice.AddTo(this);
        _place.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!_choice.IsNarrow(parsed))
            return Failure.Report(_surroundings, "Nothing says which records.", "Give --pipeline NAME, or --id ID.", ExitCode.BadInput);
        using OperatorApi? api = _place.Api(parsed);
        if (api is not null)
        {
            (JsonElement? answer, string? problem) = await api.SendAsync(HttpMethod.Post, "api/quarantine/replay", _choice.Body(parsed), cancellationToken);
            if (answer is null)
                return Failure.Report(_surroundings, problem!, "Nothing was replayed.");
            _surroundings.Out.WriteLine($"{answer.Value.GetProperty("records").GetInt32():N0} records are on their way again. Run 'penstock quarantine list' to see which stay.");
            return ExitCode.Ok;
        }

        await using LocalWork? work = _place.Open(parsed, _surroundings);
        if (work is null)
            return ExitCode.Failed;
        QuarantineReplay replay = await work.Get<QuarantineDesk>().ReplayAsync(_choice.Of(parsed), cancellationToken);
        IReadOnlyList<WorkOutcome> outcomes = await work.DrainAsync(QueueNames.Transform, cancellationToken);
        if (outcomes.OfType<BlobWorked>().Select(worked => worked.Outcome).OfType<TransformDeferred>().FirstOrDefault() is { } deferred)
            return Failure.Report(_surroundings, deferred.Reason, "Mend that, and run it again.");
        int stay = await work.Get<QuarantineShelf>().ListAsync(_choice.Of(parsed) with { Rule = null }, cancellationToken: cancellationToken).CountAsync(cancellationToken);
        if (_place.IsJson(parsed))
            Report.WriteJson(_surroundings, new { replay.Id, replay.Records, replay.Blobs, stay });
        else
            _surroundings.Out.WriteLine($"{replay.Records:N0} records of {replay.Blobs:N0} raw blobs were transformed again; {stay:N0} are in quarantine now.");
        return ExitCode.Ok;
    }
}
