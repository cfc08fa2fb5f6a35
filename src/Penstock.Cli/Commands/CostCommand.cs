using System.CommandLine;
using System.Globalization;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Insight;
using Penstock.Cli.Output;
using Penstock.Pipelines.Costs;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock cost</c>: what each stream used and what that costs.</summary>
internal sealed class CostCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _pipeline = new("PIPELINE") { Description = "One pipeline. [default: all]", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int> _days = new("--days") { Description = "How many days, today included, 1 to 31.", DefaultValueFactory = _ => 7, HelpName = "DAYS" };
    private readonly InsightOptions _options = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public CostCommand(Surroundings surroundings)
        : base(
            "cost",
            "Shows what each stream used (GB-seconds, blob and queue operations, request units, calls) and what that costs at the prices of pipelines/prices.yaml, else at Azure's list prices. Locally it is what the same work would cost in Azure, without the database.",
            ("cost", "of the last seven days"),
            ("cost earthquakes --days 1", "of one pipeline, today"),
            ("cost --url https://APP.azurewebsites.net --key \"$KEY\" --json", "of a function app, for machines"))
    {
        _surroundings = surroundings;
        Add(_pipeline);
        Add(_days);
        _options.AddTo(this);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        int days = parsed.GetValue(_days);
        if (days is < 1 or > CostReader.MaxDays)
            return Failure.Report(_surroundings, $"{days} days can't be added up.", $"Give 1 to {CostReader.MaxDays} with --days.", ExitCode.BadInput);
        DateOnly to = DateOnly.FromDateTime(_surroundings.Time.GetUtcNow().UtcDateTime).AddDays(1);
        await using InsightSource source = _options.Source(parsed, _surroundings);
        Insight<CostReport> answer = await source.CostAsync(parsed.GetValue(_pipeline), to.AddDays(-days), to, cancellationToken);
        if (answer.Value is not { } report)
            return Failure.Report(_surroundings, answer.Problem!, answer.Next!, ExitCode.BadInput);
        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, report);
        else
            Write(report);
        return ExitCode.Ok;
    }

    private void Write(CostReport report)
    {
        Report.WriteTable(
            _surroundings,
            ["pipeline", "stream", "runs", "calls", "records", "GB-s", "blob ops", "messages", "RU", $"cost {report.Prices.Currency}", "per million", "raw per month"],
            report.Items.Select(item => new object?[]
            {
                item.Pipeline, item.Stream, item.Runs, item.Calls, item.Records, Number(item.Usage.GigabyteSeconds, "0.0"),
                item.Usage.BlobReads + item.Usage.BlobWrites + item.Usage.BlobLists, item.Usage.Messages, Number(item.Usage.RequestUnits, "0"),
                Money(item.Cost.Total), item.PerMillionRecords is { } million ? Money(million) : null, Money(item.StoragePerMonth),
            }));
        CostParts total = report.Total;
        _surroundings.Out.WriteLine($"{report.From:O} to {report.To.AddDays(-1):O}: {Money(total.Total)} {report.Prices.Currency} "
            + $"(compute {Money(total.Compute)}, storage operations {Money(total.Storage)}, queues {Money(total.Queues)}, database {Money(total.Database)}, calls {Money(total.Calls)}), prices of {report.Prices.AsOf}.");
    }

    private static string Money(decimal amount) => amount.ToString(amount is > 0 and < 1 ? "0.000000" : "#,0.00", CultureInfo.InvariantCulture);

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
