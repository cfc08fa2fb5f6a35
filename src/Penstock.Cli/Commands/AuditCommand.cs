using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Cli.Auditing;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Operating;
using Penstock.Cli.Output;
using Penstock.Cli.Workers;
using Penstock.Pipelines;
using Penstock.Pipelines.Auditing;
using Penstock.Pipelines.Definitions.Catalogs;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock audit</c>: verifies the promises over the real stores.</summary>
internal sealed class AuditCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string[]> _names = new("PIPELINE") { Description = "The pipelines; all by default.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<string> _secrets = CommonOptions.Secrets();
    private readonly CloudStores _stores = new();
    private readonly Option<Uri?> _url = ApiOptions.UrlInstead();
    private readonly AccessOptions _access = new();
    private readonly Option<bool> _deep = new("--deep") { Description = "Also transform raw once more and compare with the curated records: reads everything." };
    private readonly Option<bool> _repair = new("--repair") { Description = "Send messages again that got lost. Nothing else is ever changed." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public AuditCommand(Surroundings surroundings)
        : base(
            "audit",
            "Verifies over the real stores that nothing is lost: raw blobs against slices, counts, cursors against landed data, orphans, what is stuck. Exit code 1 if a promise is broken.",
            ("audit", "every pipeline, in ./penstock-data"),
            ("audit earthquakes --deep", "also holds every curated record against raw"),
            ("audit --repair", "sends lost messages again, and says which"),
            ("audit --url https://APP.azurewebsites.net --key \"$KEY\" --deep", "asks a function app, or a running 'penstock up', which may look for 200 seconds"),
            ("audit --storage \"$STORAGE\" --cosmos \"$COSMOS\"", "on the emulators of 'penstock up --azurite'"),
            ("audit --blobs https://ACCOUNT.blob.core.windows.net --queues https://ACCOUNT.queue.core.windows.net --cosmos https://ACCOUNT.documents.azure.com --vault https://VAULT.vault.azure.net",
                "in Azure, signed in with 'az login'"))
    {
        _surroundings = surroundings;
        Add(_names);
        foreach (Option option in (Option[])[_data, _pipelines, _secrets, .. _stores.All, _url, _deep, _repair, _json])
            Add(option);
        _access.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_url) is { } url)
            return await AskAsync(parsed, url, cancellationToken);
        (ServiceProvider? services, int exit) = Open(parsed);
        if (services is null)
            return exit;
        await using (services)
        {
            string[] known = [.. (await services.GetRequiredService<Penstock.Pipelines.Definitions.IPipelineCatalog>().ListAsync(cancellationToken)).Select(entry => entry.Name)];
            string[] names = parsed.GetValue(_names) ?? [];
            if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
                return Failure.Report(_surroundings, $"There is no pipeline '{unknown}'.", $"There is: {string.Join(", ", known)}.", ExitCode.BadInput);
            var options = new AuditOptions { Pipelines = names, Deep = parsed.GetValue(_deep), Repair = parsed.GetValue(_repair) };
            AuditReport report = await services.GetRequiredService<ConsistencyAudit>().RunAsync(options, Progress, cancellationToken);
            if (_surroundings.IsTerminal)
                _surroundings.Error.Write("\r\u001b[K");
            return Show(parsed, report);
        }
    }

    private async Task<int> AskAsync(ParseResult parsed, Uri url, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_repair))
            return Failure.Report(_surroundings, "A host audits and repairs nothing.", "Leave --repair out, or name the stores instead of --url.", ExitCode.BadInput);
        using ApiClient client = _access.Open(url, parsed, _surroundings, HttpAudit.Patience);
        (AuditReport? report, ApiRefusal? refusal) = await HttpAudit.ReadAsync(client, parsed.GetValue(_names) ?? [], parsed.GetValue(_deep), cancellationToken);
        return report is null ? Failure.Report(_surroundings, refusal!.Message, refusal.Next, refusal.IsOurFault || !refusal.IsLetIn ? ExitCode.Failed : ExitCode.BadInput) : Show(parsed, report);
    }

    // What nobody has looked at isn't known to be whole.
    private int Show(ParseResult parsed, AuditReport report)
    {
        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, report);
        else
            AuditLines.Write(_surroundings, report);
        return report is { IsClean: true, IsComplete: true } ? ExitCode.Ok : ExitCode.Failed;
    }

    private (ServiceProvider? Services, int Exit) Open(ParseResult parsed)
    {
        string pipelines = _surroundings.FullPath(parsed.GetRequiredValue(_pipelines));
        string secrets = _surroundings.FullPath(parsed.GetRequiredValue(_secrets));
        if (_stores.AreGiven(parsed))
        {
            return _stores.Read(parsed, _surroundings) is { } azure
                ? (Worker.PortsOf(azure, Directory.Exists(pipelines) ? pipelines : null, secrets, _surroundings.Time).AddPenstock().BuildServiceProvider(), ExitCode.Ok)
                : (null, ExitCode.BadInput);
        }

        string data = _surroundings.FullPath(parsed.GetRequiredValue(_data));
        if (!Directory.Exists(data))
        {
            return (null, Failure.Report(_surroundings, $"There is no folder '{_surroundings.ShortPath(data)}'.",
                "Nothing has run here yet: try 'penstock demo' or 'penstock sync PIPELINE', or give the folder with --data DIR.", ExitCode.BadInput));
        }

        return (new ServiceCollection()
            .AddLocalPorts(data, secrets, new FolderPipelineCatalog(pipelines), _surroundings.Time)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPenstock()
            .BuildServiceProvider(), ExitCode.Ok);
    }

    private void Progress(string stream, AuditCounts counts)
    {
        if (_surroundings.IsTerminal)
            _surroundings.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{stream}: {counts.Runs:N0} runs, {counts.Slices:N0} slices, {counts.Blobs:N0} blobs, {counts.Compared:N0} records compared\u001b[K"));
    }
}
