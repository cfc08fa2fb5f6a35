using System.CommandLine;
using System.Security.Cryptography;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Validation;
using Penstock.Connectors;
using Penstock.Connectors.Components;
using Penstock.Connectors.Http;
using Penstock.Connectors.Protocol;
using Penstock.Connectors.Recording;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Sources;

namespace Penstock.Cli.ConnectorCommands;

/// <summary>Which connector a command is about, and with which config: a pipeline's, or a manifest and a config file.</summary>
internal sealed class ConnectorInput(Surroundings surroundings)
{
    private readonly Argument<string?> _pipeline = new("PIPELINE") { Description = "The pipeline whose connector and config are used; or give --manifest.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _manifest = new("--manifest", "-m") { Description = "A connector's manifest, instead of a pipeline.", HelpName = "FILE" };
    private readonly Option<string?> _config = new("--config", "-c") { Description = "Its config, a JSON file; texts may be secret:NAME.", HelpName = "FILE" };
    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<string> _secrets = CommonOptions.Secrets();

    private readonly Option<string[]> _private = new("--private-host")
    {
        Description = "A host that may be called although its address is private; any number of them. localhost and 127.0.0.1 always may.",
        HelpName = "HOST",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<DateTimeOffset?> _now = new("--now")
    {
        Description = "What counts as now, for comparing runs: the clock stands still.",
        HelpName = "TIME",
        CustomParser = Parsed.One(TimeText.Read, "a time", TimeText.Forms),
    };

    private readonly Option<string[]> _components = OwnComponents.Option();
    private readonly Option<string?> _record = new("--record") { Description = "Keep every call and its answer in a folder, secrets taken out, to replay them later.", HelpName = "DIR" };
    private readonly Option<string?> _replay = new("--replay") { Description = "Answer every call from such a folder: the source isn't called.", HelpName = "DIR" };
    private readonly Option<double?> _maxWait = new("--max-wait") { Description = "No wait is longer, whatever the source asks: for simulated sources.", HelpName = "SECONDS" };

    /// <summary>Adds the options; a command that needs no config leaves those of a config out.</summary>
    public void AddTo(Command command, bool withConfig)
    {
        command.Add(_pipeline);
        command.Add(_manifest);
        command.Add(_pipelines);
        command.Add(_components);
        if (!withConfig)
            return;
        foreach (Option option in (Option[])[_config, _secrets, _private, _now, _maxWait, _record, _replay])
            command.Add(option);
    }

    /// <summary>Opens what the command line names; null if it has told what is wrong.</summary>
    public async Task<OpenedInput?> OpenAsync(ParseResult parsed, bool withConfig, CancellationToken cancellationToken)
    {
        if (OwnComponents.Load(parsed.GetRequiredValue(_components), surroundings) is not { } components)
            return null;
        (ManifestFile? manifest, string config, HostPolicy hosts) = await FindAsync(parsed, withConfig, cancellationToken);
        if (manifest is null)
            return null;
        LoadResult loaded = Connector.Load(manifest.Yaml, manifest.FileName, new ConnectorComponents(components).For(parsed.GetValue(_pipeline) ?? ""));
        foreach (var problem in loaded.Problems)
            surroundings.Error.WriteLine(problem);
        if (loaded is not ConnectorLoaded { Connector: var connector })
            return null;
        if (!withConfig)
            return new OpenedInput(connector, default, Settings(hosts, null, null, null));
        if (!TryOpenRecording(parsed, out ConnectorRecording? recording))
            return null;

        using var json = System.Text.Json.JsonDocument.Parse(config);
        switch (await new ConfigResolver(LocalSecrets.In(surroundings.FullPath(parsed.GetRequiredValue(_secrets)))).ResolveAsync(json.RootElement, cancellationToken))
        {
            case ConfigResolved resolved:
                hosts = hosts with { Private = [.. hosts.Private, "localhost", "127.0.0.1", "::1", .. parsed.GetRequiredValue(_private)] };
                return new OpenedInput(connector, resolved.Json, Settings(hosts, parsed.GetValue(_now), parsed.GetValue(_maxWait), recording));
            case SecretsMissing missing:
                Tell($"There is no secret '{string.Join("', '", missing.Names)}'.", "Set the environment variable PENSTOCK_SECRET_NAME, or write the secret into the file of --secrets.");
                return null;
            default:
                throw new InvalidOperationException("Resolving the config gave an unknown result.");
        }
    }

    private async Task<(ManifestFile? Manifest, string Config, HostPolicy Hosts)> FindAsync(ParseResult parsed, bool withConfig, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_manifest) is { } file)
        {
            string? text = await ReadAsync(file, cancellationToken);
            string? config = withConfig && parsed.GetValue(_config) is { } configFile ? await ReadAsync(configFile, cancellationToken) : "{}";
            if (config is not null && !IsJson(config))
            {
                Tell($"'{parsed.GetValue(_config)}' isn't JSON.", "The config is a JSON object.");
                config = null;
            }

            return (text is null || config is null ? null : new ManifestFile(file, text), config ?? "", HostPolicy.AnyPublic);
        }

        if (parsed.GetValue(_pipeline) is not { } name)
        {
            Tell("Which connector?", "Give a pipeline's name, or --manifest FILE.");
            return (null, "", HostPolicy.AnyPublic);
        }

        switch (await new FolderPipelineCatalog(surroundings.FullPath(parsed.GetRequiredValue(_pipelines))).FindAsync(name, cancellationToken))
        {
            case UsablePipeline { Pipeline: { Manifest: { } manifest } pipeline }:
                return (manifest, pipeline.Config.GetRawText(), pipeline.Hosts);
            case UsablePipeline:
                Tell($"The pipeline '{name}' has no connector: it only receives.", "Give another one.");
                break;
            case BrokenPipeline broken:
                foreach (DefinitionProblem problem in broken.Problems)
                    surroundings.Error.WriteLine(problem);
                break;
            default:
                Tell($"There is no pipeline '{name}'.", "Give the folder of your pipelines with --pipelines DIR.");
                break;
        }

        return (null, "", HostPolicy.AnyPublic);
    }

    private static AirbyteSettings Settings(HostPolicy hosts, DateTimeOffset? now, double? maxWait, ConnectorRecording? recording) => new()
    {
        Recording = recording,
        Hosts = hosts,
        Now = now,
        MaxWait = maxWait is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Seed = RandomNumberGenerator.GetInt32(int.MaxValue),
    };

    private bool TryOpenRecording(ParseResult parsed, out ConnectorRecording? recording)
    {
        recording = null;
        (string? record, string? replay) = (parsed.GetValue(_record), parsed.GetValue(_replay));
        try
        {
            if (record is not null && replay is not null)
                throw new IOException("A reading is either recorded or replayed.");
            // To the second: that is how a person would give it to --now.
            DateTimeOffset now = surroundings.Time.GetUtcNow();
            recording = record is not null ? ConnectorRecording.Begin(surroundings.FullPath(record), parsed.GetValue(_now) ?? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)))
                : replay is not null ? ConnectorRecording.Open(surroundings.FullPath(replay)) : null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            Tell(e.Message, "See 'penstock read --help'.");
            return false;
        }
    }

    private async Task<string?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(surroundings.FullPath(file), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell($"'{file}' can't be read: {e.Message}", "Correct the path.");
            return null;
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(text);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private void Tell(string message, string next) => Failure.Report(surroundings, message, next);
}

/// <summary>A connector with what it needs.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="Config">Its config with secrets, UTF-8.</param>
/// <param name="Settings">How it runs.</param>
internal sealed record OpenedInput(Connector Connector, ReadOnlyMemory<byte> Config, AirbyteSettings Settings)
{
    /// <summary>The connector, speaking the Airbyte protocol.</summary>
    public AirbyteSource On(Stream output) => new(Connector, Settings.ToOptions(Connector, Config.Span), output);

    /// <summary>Nothing of it: it holds secrets.</summary>
    public override string ToString() => nameof(OpenedInput);
}
