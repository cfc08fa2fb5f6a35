using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Cli.CommandLine;
using Penstock.Cli.ConnectorCommands;
using Penstock.Cli.LocalHost;
using Penstock.Pipelines.Definitions;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock up</c>: the function app's work on this machine, until Ctrl+C.</summary>
internal sealed class UpCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _secrets = CommonOptions.Secrets();
    private readonly Option<string[]> _components = OwnComponents.Option();
    private readonly Option<int> _port = new("--port") { Description = "The port; 0 for any free one.", DefaultValueFactory = _ => 7071 };

    private readonly Option<IPAddress> _address = new("--address")
    {
        Description = "The address to listen on; others than this machine's own need --key.",
        HelpName = "IP",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address))
                return address;
            result.AddError($"'{result.Tokens[0].Value}' isn't an address. Write for example 127.0.0.1 or 0.0.0.0.");
            return null;
        },
    };

    private readonly Option<bool> _azurite = new("--azurite")
    {
        Description = "Use the real Azure SDKs on Azurite and the Cosmos DB emulator (they need Node.js) instead of a folder; the data is gone when it stops.",
    };

    private readonly Option<string> _key = new("--key")
    {
        Description = "A key of 16 characters or more that operators and senders of events must then give in x-functions-key.",
        HelpName = "KEY",
    };

    private readonly Option<Uri?> _otlp = OtlpTarget.Option();
    private readonly Option<Uri?> _openLineage = new("--openlineage")
    {
        Description = "Post OpenLineage run events to this address, for example Marquez. They are kept in the data folder either way.",
        HelpName = "URL",
        CustomParser = Parsed.One(OtlpTarget.Read, "an address", "for example http://localhost:5000"),
    };

    private readonly Option<string?> _openLineageKey = new("--openlineage-key")
    {
        Description = "The secret that holds the address' key.",
        HelpName = "secret:NAME",
        CustomParser = Parsed.One(text => text.StartsWith("secret:", StringComparison.Ordinal) && text.Length > 7 ? text[7..] : null, "a reference to a secret", "secret:NAME, and set PENSTOCK_SECRET_NAME"),
    };

    public UpCommand(Surroundings surroundings)
        : base(
            "up",
            "Runs everything on this machine until Ctrl+C: timers, queues, stages, webhooks, the operators' HTTP API, and the send API of Event Hubs.",
            ("up", "the pipelines in ./pipelines, data in ./penstock-data, on http://127.0.0.1:7071"),
            ("up --port 0 --data /var/tmp/try", "on any free port, with data elsewhere"),
            ("up --azurite", "the same on Azurite and the Cosmos DB emulator"),
            ("up --address 0.0.0.0 --key \"$(openssl rand -hex 16)\"", "reachable for others, with a key"))
    {
        _surroundings = surroundings;
        foreach (Option option in (Option[])[_pipelines, _data, _secrets, _components, _azurite, _port, _address, _key, _otlp, _openLineage, _openLineageKey])
            Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (OwnComponents.Load(parsed.GetRequiredValue(_components), _surroundings) is not { } components)
            return ExitCode.BadInput;
        var options = new LocalHostOptions
        {
            Pipelines = _surroundings.FullPath(parsed.GetRequiredValue(_pipelines)),
            Data = _surroundings.FullPath(parsed.GetRequiredValue(_data)),
            Secrets = _surroundings.FullPath(parsed.GetRequiredValue(_secrets)),
            Port = parsed.GetValue(_port),
            Address = parsed.GetRequiredValue(_address),
            Key = parsed.GetValue(_key),
            Otlp = OtlpTarget.Of(parsed.GetValue(_otlp)),
            OpenLineage = parsed.GetValue(_openLineage),
            OpenLineageKey = parsed.GetValue(_openLineageKey),
            OtlpUsesGrpc = OtlpTarget.UsesGrpc,
            Components = components,
        };
        if (options.Problem() is { } problem)
            return Failure.Report(_surroundings, problem, "Run 'penstock up --help' to see what there is.", ExitCode.BadInput);

        HostPorts? ports;
        try
        {
            ports = parsed.GetValue(_azurite)
                ? await EmulatorPorts.StartAsync(options, _surroundings.Error.WriteLine, cancellationToken)
                : FolderPorts.TryOpen(options, _surroundings.Time);
        }
        catch (InvalidOperationException e)
        {
            return Failure.Report(_surroundings, e.Message, "Or leave --azurite out: a folder needs nothing.");
        }

        if (ports is null)
            return Failure.Report(_surroundings, $"Another penstock works on '{_surroundings.ShortPath(options.Data)}'.", "Stop it, or give another folder with --data DIR.");
        await using (ports)
            return await RunAsync(options, ports, cancellationToken);
    }

    private async Task<int> RunAsync(LocalHostOptions options, HostPorts ports, CancellationToken cancellationToken)
    {
        LocalServer server;
        try
        {
            server = await LocalServer.StartAsync(options, Print, ports, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return Failure.Report(_surroundings, $"The port {options.Port} is in use on {options.Address}.", "Choose another port with --port, or --port 0 for any free one.");
        }

        await using (server)
        {
            var entries = await server.Services.GetRequiredService<IPipelineCatalog>().ListAsync(cancellationToken);
            foreach (string line in new Welcome(options, server.Url, ports.Places(), _surroundings.Time.GetUtcNow()).Lines(entries))
                Print(line);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _surroundings.Time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Print("Stopping.");
            }
        }

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
