using Penstock.Connectors.Components;
using Penstock.Connectors.Configs;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors;

/// <summary>A manifest, loaded: data that becomes a source when it is bound to a config. Safe to share between threads.</summary>
public sealed class Connector
{
    private readonly ManifestNode _root;

    private Connector(ManifestNode root, IReadOnlyList<BuildProblem> problems)
    {
        _root = root;
        Problems = problems;
        Specification = root.Child("spec")?.ValueOf("connection_specification").AsDict ?? new DictValue();
    }

    /// <summary>Everything that is wrong or odd in the manifest.</summary>
    public IReadOnlyList<BuildProblem> Problems { get; }

    /// <summary>The names of the streams that the manifest spells out; more may be found when it is opened.</summary>
    public IReadOnlyList<string> StreamNames => [.. Declared().Select(stream => stream.Text("name") ?? "").Distinct(StringComparer.Ordinal)];

    /// <summary>Whether only the source or the config knows all streams.</summary>
    public bool HasDynamicStreams => _root.OneOrMany("dynamic_streams").Count > 0;

    /// <summary>The JSON Schema of configs (<c>spec.connection_specification</c>).</summary>
    internal DictValue Specification { get; }

    internal ManifestNode Root => _root;

    /// <summary>Loads a manifest. All problems are found, not only the first.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="fileName">The file's name, for problems.</param>
    /// <param name="components">The components of your own that the manifest may name; none if null.</param>
    public static LoadResult Load(string text, string fileName, ConnectorComponents? components = null)
    {
        var loaded = ManifestLoader.Load(text, fileName, components);
        if (loaded.Root is not { } root) return new ConnectorNotLoaded(loaded.Problems.All);
        if (root.OneOrMany("streams").Count == 0 && root.OneOrMany("dynamic_streams").Count == 0)
        {
            root.Error("The manifest has no streams.", "Add streams or dynamic_streams.");
            return new ConnectorNotLoaded(loaded.Problems.All);
        }

        return new ConnectorLoaded(new Connector(root, loaded.Problems.All), loaded.Problems.All);
    }

    /// <summary>Says what is wrong with a config without binding it: nothing is called.</summary>
    /// <param name="config">The config as a JSON object in UTF-8. Its values never get into messages.</param>
    /// <param name="time">The clock.</param>
    public IReadOnlyList<ConfigProblem> CheckConfig(ReadOnlySpan<byte> config, TimeProvider time) => Prepare(ValueJsonReader.Read(config), time, fillsDefaults: true).Problems;

    /// <summary>Binds the connector to a config.</summary>
    /// <param name="config">The config as a JSON object in UTF-8. Its values never get into messages.</param>
    /// <param name="options">What it needs from the world around it.</param>
    /// <param name="cancellationToken">Ends the opening; only streams that must be asked for take time.</param>
    public ValueTask<OpenResult> OpenAsync(ReadOnlySpan<byte> config, ConnectorOptions options, CancellationToken cancellationToken = default)
    {
        try
        {
            return OpenAsync(ValueJsonReader.Read(config), options, cancellationToken);
        }
        catch (System.Text.Json.JsonException)
        {
            return ValueTask.FromResult<OpenResult>(new ConfigRefused([new ConfigProblem("", "isn't JSON")]));
        }
    }

    /// <summary>Binds the connector to a config.</summary>
    /// <param name="config">The config, a mapping. Its values never get into messages.</param>
    /// <param name="options">What it needs from the world around it.</param>
    /// <param name="cancellationToken">Ends the opening; only streams that must be asked for take time.</param>
    public async ValueTask<OpenResult> OpenAsync(Value config, ConnectorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (prepared, wrong) = Prepare(config, options.Time, options.FillsDefaults);
        return wrong.Count > 0 ? new ConfigRefused(wrong) : await new ConnectorOpening(_root.WithProblems(new BuildProblems()), prepared, options).RunAsync(cancellationToken);
    }

    /// <summary>Whether a declared stream reads only what is new, by a cursor.</summary>
    /// <param name="stream">The stream's name.</param>
    public bool IsIncremental(string stream) => Declared().Any(node => node.Text("name") == stream && node.Child("incremental_sync") is not null);

    /// <summary>The manifest's check, with the values that it overrides in the config.</summary>
    /// <param name="config">The config, a mapping.</param>
    /// <param name="options">What the connector needs from the world around it.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    internal ValueTask<OpenResult> OpenForCheckAsync(Value config, ConnectorOptions options, CancellationToken cancellationToken)
    {
        if (config.AsDict is { } given && _root.Child("check")?.ValueOf("config_overrides").AsDict is { Length: > 0 } overrides)
        {
            var changed = new DictValue(given.Entries);
            foreach (var (key, value) in overrides.Entries) changed[key] = value;
            config = changed;
        }

        return OpenAsync(config, options, cancellationToken);
    }

    // Migrations and transformations first: the specification and the validations are about today's form.
    private (DictValue Config, IReadOnlyList<ConfigProblem> Problems) Prepare(Value config, TimeProvider time, bool fillsDefaults)
    {
        if (config.AsDict is not { } given) return (new DictValue(), [new ConfigProblem("", "must be an object")]);
        var problems = new BuildProblems();
        var spec = _root.WithProblems(problems).Child("spec");
        try
        {
            var prepared = ConfigNormalisation.Apply(given, spec, time);
            if (fillsDefaults) prepared = ConfigDefaults.Fill(prepared, Specification);
            if (ConfigValidator.Check(prepared, Specification) is { Count: > 0 } wrong) return (prepared, wrong);
            var refused = ConfigValidations.Check(prepared, spec, time);
            return (prepared, problems.HasErrors ? [.. problems.All.Select(problem => new ConfigProblem("", $"can't be prepared: {problem}"))] : refused);
        }
        catch (ExpressionException fault)
        {
            return (given, [new ConfigProblem("", $"can't be brought into the form of this version: {fault.Message}")]);
        }
    }

    private IEnumerable<ManifestNode> Declared() => _root.OneOrMany("streams")
        .SelectMany(stream => stream.Type == "ConditionalStreams" ? stream.OneOrMany("streams") : [stream]);
}
