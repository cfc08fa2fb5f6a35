using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Cli.Privacy;
using Penstock.Pipelines.Quarantine;

namespace Penstock.Cli.Commands;

/// <summary>A command that does something with chosen records in quarantine: on a host, or in the data folder.</summary>
internal abstract class QuarantineChange : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly QuarantineChoice _choice = new();
    private readonly PlaceOptions _place = new();

    protected QuarantineChange(Surroundings surroundings, string name, string description, params (string Line, string Meaning)[] examples)
        : base(name, description, examples)
    {
        _surroundings = surroundings;
        _choice.AddTo(this);
        _place.AddTo(this);
    }

    /// <summary>Does it in a folder.</summary>
    protected abstract Task<Outcome> HereAsync(LocalWork work, QuarantineFilter which, CancellationToken cancellationToken);

    /// <summary>Reads what a host did.</summary>
    protected abstract Outcome There(JsonElement answer);

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!_choice.IsNarrow(parsed))
            return Failure.Report(_surroundings, "Nothing says which records.", "Give --pipeline NAME, or --id ID.", ExitCode.BadInput);
        using OperatorApi? api = _place.Api(parsed, _surroundings);
        if (api is not null)
        {
            (JsonElement? answer, string? problem) = await api.SendAsync(HttpMethod.Post, $"api/quarantine/{Name}", _choice.Body(parsed), cancellationToken);
            return answer is { } done ? Show(parsed, There(done)) : Failure.Report(_surroundings, problem!, "Nothing was done.");
        }

        await using LocalWork? work = _place.Open(parsed, _surroundings);
        return work is null ? ExitCode.Failed : Show(parsed, await HereAsync(work, _choice.Of(parsed), cancellationToken));
    }

    private int Show(ParseResult parsed, Outcome outcome)
    {
        if (outcome.Figures is null)
            return Failure.Report(_surroundings, outcome.Text, "Mend that, and run it again.");
        if (_place.IsJson(parsed))
            Report.WriteJson(_surroundings, outcome.Figures);
        else
            _surroundings.Out.WriteLine(outcome.Text);
        return ExitCode.Ok;
    }

    /// <summary>What was done.</summary>
    /// <param name="Figures">For machines; null if it couldn't be done.</param>
    /// <param name="Text">For people; why, if it couldn't be done.</param>
    protected sealed record Outcome(object? Figures, string Text);
}
