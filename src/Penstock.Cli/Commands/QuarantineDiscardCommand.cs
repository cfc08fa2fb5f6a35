using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Cli.Privacy;
using Penstock.Pipelines.Quarantine;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock quarantine discard</c>.</summary>
internal sealed class QuarantineDiscardCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly QuarantineChoice _choice = new();
    private readonly PlaceOptions _place = new();

    public QuarantineDiscardCommand(Surroundings surroundings)
        : base(
            "discard",
            "Throws records out of quarantine: they count as filtered. Raw keeps them; a replay of their whole blob checks them again.",
            ("quarantine discard --id ID", "this one"),
            ("quarantine discard --pipeline orders --rule json", "all that are no JSON"))
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
        int discarded;
        if (api is not null)
        {
            (JsonElement? answer, string? problem) = await api.SendAsync(HttpMethod.Post, "api/quarantine/discard", _choice.Body(parsed), cancellationToken);
            if (answer is null)
                return Failure.Report(_surroundings, problem!, "Nothing was discarded.");
            discarded = answer.Value.GetProperty("discarded").GetInt32();
        }
        else
        {
            await using LocalWork? work = _place.Open(parsed, _surroundings);
            if (work is null)
                return ExitCode.Failed;
            discarded = await work.Get<QuarantineDesk>().DiscardAsync(_choice.Of(parsed), cancellationToken);
        }

        if (_place.IsJson(parsed))
            Report.WriteJson(_surroundings, new { discarded });
        else
            _surroundings.Out.WriteLine($"{discarded:N0} records were discarded.");
        return ExitCode.Ok;
    }
}
