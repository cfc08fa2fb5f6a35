using System.CommandLine;
using System.Globalization;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Operating;
using Penstock.Cli.Output;
using Penstock.Cli.Status;
using Penstock.Pipelines.Definitions.Catalogs;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock status</c>: each stream's runs and freshness, alerts, dead letters.</summary>
internal sealed class StatusCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<Uri?> _url = ApiOptions.UrlInstead();
    private readonly AccessOptions _access = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public StatusCommand(Surroundings surroundings)
        : base(
            "status",
            "Shows what each stream did last, how fresh it is, what is wrong.",
            ("status", "of ./penstock-data"),
            ("status --url http://localhost:7071", "of a running 'penstock up'"),
            ("status --url https://APP.azurewebsites.net --key \"$KEY\" --json", "of a function app, for machines"))
    {
        _surroundings = surroundings;
        foreach (Option option in (Option[])[_data, _pipelines, _url, _json])
            Add(option);
        _access.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StatusReport? report;
        if (parsed.GetValue(_url) is { } url)
        {
            using ApiClient client = _access.Open(url, parsed, _surroundings);
            (report, ApiRefusal? refusal) = await HttpStatus.ReadAsync(client, cancellationToken);
            if (report is null)
                return Failure.Report(_surroundings, refusal!.Message, refusal.Next);
        }
        else
        {
            string data = _surroundings.FullPath(parsed.GetRequiredValue(_data));
            if (!Directory.Exists(data))
            {
                return Failure.Report(_surroundings, $"There is no folder '{_surroundings.ShortPath(data)}'.",
                    "Nothing has run here yet: try 'penstock demo' or 'penstock sync PIPELINE', or give the folder with --data DIR.", ExitCode.BadInput);
            }

            var catalog = new FolderPipelineCatalog(_surroundings.FullPath(parsed.GetRequiredValue(_pipelines)));
            report = await new FolderStatus(data, _surroundings.Time).ReadAsync(catalog, cancellationToken);
        }

        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, report);
        else
            Write(report);
        return ExitCode.Ok;
    }

    private void Write(StatusReport report)
    {
        Report.WriteTable(
            _surroundings,
            ["pipeline", "stream", "state", "run", "status", "landed", "curated", "quarantined", "fresh until"],
            report.Streams.Select(row => new object?[]
            {
                row.Pipeline, row.Stream, row.State, row.ActiveRun ?? row.LastRun, row.ActiveRun is null ? row.LastStatus : "running",
                row.Landed, row.Curated, row.Quarantined, row.FreshUntil?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            }));
        foreach (string line in report.Budgets.SelectMany(BudgetLines.Of))
            _surroundings.Out.WriteLine(line);
        foreach (string alert in report.Alerts)
            _surroundings.Out.WriteLine($"alert: {alert}");
        if (report.DeadLetters > 0)
            _surroundings.Out.WriteLine($"{report.DeadLetters} dead letters: messages that can't be processed. 'penstock up' lists them at /api/deadletters.");
    }
}
