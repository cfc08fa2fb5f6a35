using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Cli.Privacy;
using Penstock.Pipelines.Quarantine;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock quarantine list</c>.</summary>
internal sealed class QuarantineListCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly QuarantineChoice _choice = new();
    private readonly Option<int> _limit = new("--limit") { Description = "The most records that are shown.", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly PlaceOptions _place = new();

    public QuarantineListCommand(Surroundings surroundings)
        : base("list", "Lists the records that were set aside, with rule, path and reason.", ("quarantine list", "the newest ones of each stream"), ("quarantine list --pipeline orders --rule logicalType --json", "for machines"))
    {
        _surroundings = surroundings;
        _choice.AddTo(this);
        Add(_limit);
        _place.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        int limit = Math.Clamp(parsed.GetValue(_limit), 1, 500);
        using OperatorApi? api = _place.Api(parsed, _surroundings);
        List<Row> rows;
        if (api is not null)
        {
            QuarantineFilter filter = _choice.Of(parsed);
            string query = string.Concat(new[] { ("pipeline", filter.Pipeline), ("stream", filter.Stream), ("rule", filter.Rule) }
                .Where(one => one.Item2 is not null).Select(one => $"&{one.Item1}={Uri.EscapeDataString(one.Item2!)}"));
            (JsonElement? answer, string? problem) = await api.SendAsync(HttpMethod.Get, $"api/quarantine?limit={limit}{query}", null, cancellationToken);
            if (answer is null)
                return Failure.Report(_surroundings, problem!, "Nothing is known.");
            rows = [.. answer.Value.GetProperty("items").EnumerateArray().Select(Row.Of)];
        }
        else
        {
            await using LocalWork? work = _place.Open(parsed, _surroundings);
            if (work is null)
                return ExitCode.Failed;
            rows = [.. (await work.Get<QuarantineShelf>().ListAsync(_choice.Of(parsed), cancellationToken: cancellationToken).Take(limit).ToListAsync(cancellationToken)).Select(Row.Of)];
        }

        if (_place.IsJson(parsed))
            Report.WriteJson(_surroundings, rows);
        else if (rows.Count == 0)
            _surroundings.Out.WriteLine("Nothing is in quarantine.");
        else
        {
            Report.WriteTable(_surroundings, ["rule", "path", "reason", "id"], rows.Select(row => (IReadOnlyList<object?>)[row.Rule, row.Path, row.Reason, row.Id]));
            if (rows.Count == limit)
                _surroundings.Out.WriteLine($"These are the first {limit}; --limit N shows more.");
        }

        return ExitCode.Ok;
    }

    private sealed record Row(string Rule, string Path, string Reason, string Id)
    {
        public static Row Of(QuarantinedRecord record) => new(record.Rule, record.Path, record.Reason, record.Id);

        public static Row Of(JsonElement record) => new(
            record.GetProperty("rule").GetString()!, record.GetProperty("path").GetString()!, record.GetProperty("reason").GetString()!, record.GetProperty("id").GetString()!);
    }
}
