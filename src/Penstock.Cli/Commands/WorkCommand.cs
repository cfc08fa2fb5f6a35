using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Azure;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Workers;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock work</c>: one more worker on stores that others work on too.</summary>
internal sealed class WorkCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly CloudStores _stores = new();
    private readonly Option<string?> _pipelines = new("--pipelines", "-p") { Description = "The folder of the pipelines; default the deployed ones.", HelpName = "DIR" };
    private readonly Option<string> _secrets = CommonOptions.Secrets();
    private readonly Option<int> _parallel = new("--parallel") { Description = "How many messages of each queue it works on at once.", HelpName = "N", DefaultValueFactory = _ => 4 };

    private readonly Option<int> _lease = new("--lease")
    {
        Description = "How many seconds others wait for what it was working on, should it die: 5 to 900.", HelpName = "SECONDS", DefaultValueFactory = _ => 180,
    };

    public WorkCommand(Surroundings surroundings)
        : base(
            "work",
            "Works on the queues of stores that others work on too, until Ctrl+C: as many of these as you like, beside a function app or 'penstock up --azurite'.",
            ("work --storage \"$STORAGE\" --cosmos \"$COSMOS\" --pipelines pipelines", "beside 'penstock up --azurite', which prints both connection strings"),
            ("work --blobs https://ACCOUNT.blob.core.windows.net --queues https://ACCOUNT.queue.core.windows.net --cosmos https://ACCOUNT.documents.azure.com --vault https://VAULT.vault.azure.net",
                "beside a function app, signed in with 'az login'"))
    {
        _surroundings = surroundings;
        foreach (Option option in (Option[])[.. _stores.All, _pipelines, _secrets, _parallel, _lease])
            Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        (int lease, int parallel) = (parsed.GetValue(_lease), parsed.GetValue(_parallel));
        if (lease is < 5 or > 900 || parallel is < 1 or > 256)
            return Failure.Report(_surroundings, "--lease must be from 5 to 900 seconds, --parallel from 1 to 256.", "Leave them out for the defaults.", ExitCode.BadInput);
        if (_stores.Read(parsed, _surroundings) is not { } azure)
            return ExitCode.BadInput;
        string? pipelines = parsed.GetValue(_pipelines) is { } folder ? _surroundings.FullPath(folder) : null;
        if (pipelines is not null && !Directory.Exists(pipelines))
            return Failure.Report(_surroundings, $"There is no folder '{_surroundings.ShortPath(pipelines)}'.", "Give the folder of the pipelines with --pipelines DIR.", ExitCode.BadInput);

        await using Worker worker = Worker.Create(
            azure, pipelines, _surroundings.FullPath(parsed.GetRequiredValue(_secrets)), TimeSpan.FromSeconds(lease), parallel, Print, _surroundings.Time);
        if (azure.StorageEmulator is not null)
            await worker.Services.GetRequiredService<AzureResources>().EnsureAsync(cancellationToken);
        Print($"Working as {worker.Services.GetRequiredService<ExtractOptions>().Instance}. Ctrl+C stops; whatever it works on then is taken up by others.");
        await worker.RunAsync(cancellationToken);
        return ExitCode.Ok;
    }

    private void Print(string line)
    {
        lock (_surroundings.Out)
        {
            _surroundings.Out.WriteLine(line);
            _surroundings.Out.Flush();
        }
    }
}
