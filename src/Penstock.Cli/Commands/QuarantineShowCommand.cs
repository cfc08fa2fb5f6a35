using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Cli.Privacy;
using Penstock.Pipelines.Quarantine;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock quarantine show ID</c>.</summary>
internal sealed class QuarantineShowCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string> _id = new("ID") { Description = "The record's id, as 'quarantine list' shows it." };
    private readonly PlaceOptions _place = new();

    public QuarantineShowCommand(Surroundings surroundings)
        : base("show", "Shows one record that was set aside: the reason, the raw blob and line, and its content, masked as its stream says.", ("quarantine show ID", "as JSON"))
    {
        _surroundings = surroundings;
        Add(_id);
        _place.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string id = parsed.GetRequiredValue(_id);
        using OperatorApi? api = _place.Api(parsed, _surroundings);
        if (api is not null)
        {
            (JsonElement? answer, string? problem) = await api.SendAsync(HttpMethod.Get, $"api/quarantine/{Uri.EscapeDataString(id)}", null, cancellationToken);
            if (answer is null)
                return Failure.Report(_surroundings, problem!, "Run 'penstock quarantine list' for what there is.", ExitCode.BadInput);
            Report.WriteJson(_surroundings, answer.Value);
            return ExitCode.Ok;
        }

        await using LocalWork? work = _place.Open(parsed, _surroundings);
        if (work is null)
            return ExitCode.Failed;
        if (await work.Get<QuarantineShelf>().FindAsync(id, cancellationToken) is not { } record)
            return Failure.Report(_surroundings, $"There is no record '{id}' in quarantine, or not any more.", "Run 'penstock quarantine list' for what there is.", ExitCode.BadInput);
        Report.WriteJson(_surroundings, new { record.Id, record.Pipeline, record.Stream, record.Rule, record.Path, record.Reason, record.Blob, record.Line, record.TakenAt, record.Record, record.Text });
        return ExitCode.Ok;
    }
}
