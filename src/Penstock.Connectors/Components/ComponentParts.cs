using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Components;

/// <summary>What a component of your own is made from: its place in the manifest, the config, and what it may use.</summary>
public sealed class ComponentParts
{
    private readonly ConnectorScope? _connector;
    private readonly Func<ManifestNode, object?>? _builtIn;
    private readonly Func<ManifestNode, IStream?>? _stream;

    internal ComponentParts(ManifestNode node, ConnectorScope connector, Func<ManifestNode, object?>? builtIn, Func<ManifestNode, IStream?>? stream)
        : this(node, connector.Context)
    {
        (_connector, _builtIn, _stream) = (connector, builtIn, stream);
    }

    internal ComponentParts(ManifestNode node, EvaluationContext context) => (Node, Context) = (node, context);

    /// <summary>The component in the manifest: its fields, and its <c>$parameters</c>.</summary>
    public ManifestNode Node { get; }

    /// <summary>What templates see: the config. Take an inner context for more variables.</summary>
    public EvaluationContext Context { get; }

    /// <summary>The config, its secrets in place.</summary>
    public DictValue Config => Context.TryGet(VariableNames.Config, out var config) && config.AsDict is { } dict ? dict : new DictValue();

    /// <summary>The clock. Use no other, so that a run can be repeated.</summary>
    public TimeProvider Time => Context.Time;

    /// <summary>Chance, for jitter and ids.</summary>
    /// <exception cref="InvalidOperationException">The component works on configs, before there is a source.</exception>
    public Random Random => Connector.Random;

    /// <summary>The name of the stream that the component is part of; null for one of the whole connector.</summary>
    public string? StreamName => Node.StreamName;

    /// <summary>Calls to the source that keep to the credential's budget and the allowed hosts.</summary>
    /// <exception cref="InvalidOperationException">The component works on configs, before there is a source.</exception>
    public SourceCalls Calls => new(Connector);

    private ConnectorScope Connector => _connector ?? throw new InvalidOperationException("a component that works on configs has neither a source nor chance");

    /// <summary>The streams of the field <c>parent_stream_configs</c>, or of <c>parent_stream</c>.</summary>
    public IReadOnlyList<IStream> Parents =>
    [
        .. Node.OneOrMany("parent_stream_configs").Select(parent => parent.Child("stream")).Append(Node.Child("parent_stream")).OfType<ManifestNode>().Select(Stream),
    ];

    /// <summary>A field that is a template, ready to be evaluated; null if absent.</summary>
    /// <param name="field">The field's name.</param>
    public InterpolatedString? Template(string field) => Node.Template(field);

    /// <summary>A field's text with the config filled in; null if absent.</summary>
    /// <param name="field">The field's name.</param>
    public string? Text(string field) => Template(field)?.EvaluateText(Context);

    /// <summary>Builds a stream from a node of the manifest.</summary>
    /// <param name="node">The stream's node.</param>
    /// <exception cref="InvalidOperationException">The stream can't run; why is among the manifest's problems.</exception>
    public IStream Stream(ManifestNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _stream?.Invoke(node) ?? throw new InvalidOperationException($"the stream '{node.Text("name")}' that it needs can't run");
    }

    /// <summary>
    /// A component of the format, read from this one's own fields: what the Python class inherits from. Yours holds it and
    /// changes what it must.
    /// </summary>
    /// <typeparam name="TComponent">The kind: the interface that this component implements itself.</typeparam>
    /// <param name="type">Its type, for example <c>PageIncrement</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such component here, or its fields are wrong.</exception>
    public TComponent BuiltIn<TComponent>(string type)
        where TComponent : class =>
        _builtIn?.Invoke(Node.WithType(type)) as TComponent
        ?? throw new InvalidOperationException($"the {type} that it is made from can't be used as a {typeof(TComponent).Name}");
}
