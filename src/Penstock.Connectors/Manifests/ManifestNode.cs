using Penstock.Connectors.Components;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Manifests;

/// <summary>
/// A node of the resolved manifest: references, types and <c>$parameters</c> are in place. Reading never fails: what is missing
/// or has the wrong form is reported as a problem at its place, and an empty value is given; who has errors isn't run.
/// </summary>
public sealed partial class ManifestNode
{
    private const string ParametersField = "$parameters";
    private readonly ManifestFile _file;
    private readonly ManifestNode? _parent;
    private readonly string _step;

    internal ManifestNode(SourceNode source, ManifestFile file, ManifestNode? parent = null, string step = "")
    {
        Source = source;
        _file = file;
        _parent = parent;
        _step = step;
    }

    /// <summary>What kind of node it is.</summary>
    public NodeKind Kind => Source.Kind;

    /// <summary>The component's type; empty if it has none.</summary>
    public string Type => Source["type"]?.Text ?? "";

    /// <summary>The place in the resolved manifest, for example <c>streams[2].retriever.requester</c>.</summary>
    public string Path => _parent is null || _parent.Path.Length == 0 || _step.StartsWith('[') ? _parent?.Path + _step : $"{_parent.Path}.{_step}";

    /// <summary>The file's name.</summary>
    public string File => _file.Name;

    /// <summary>The line in the file, from 1.</summary>
    public int Line => Source.Mark.Line;

    /// <summary>The column in the file, from 1.</summary>
    public int Column => Source.Mark.Column;

    /// <summary>The component's <c>$parameters</c>, merged with those of the components above; an empty mapping if it has none.</summary>
    public Value Parameters => (Field(ParametersField)?.ToValue()).GetValueOrDefault() is { AsDict: not null } own ? own : new DictValue();

    /// <summary>A scalar's value as PyYAML types it; none for null and for lists and mappings.</summary>
    public Value Scalar => Kind == NodeKind.Scalar ? ToValue() : Value.None;

    /// <summary>A list's items; empty for anything else.</summary>
    public IEnumerable<ManifestNode> Items => Source.Items.Select((item, index) => new ManifestNode(item, _file, this, $"[{index}]"));

    /// <summary>A mapping's fields in order; empty for anything else.</summary>
    public IEnumerable<KeyValuePair<string, ManifestNode>> Fields =>
        Source.Fields.Pairs.Select(pair => KeyValuePair.Create(pair.Key, new ManifestNode(pair.Value, _file, this, pair.Key)));

    internal SourceNode Source { get; }

    internal BuildProblems Problems => _file.Problems;

    internal ConnectorComponents Components => _file.Components;

    /// <summary>The name of the connector's stream that this node is part of; null if it is part of none.</summary>
    internal string? StreamName => (_parent?.StreamName) ?? (Type is "DeclarativeStream" or "StateDelegatingStream" ? Source["name"]?.Text : null);

    /// <summary>A field, or null if it is absent or null.</summary>
    /// <param name="name">The field's name.</param>
    public ManifestNode? Field(string name) =>
        Source[name] is { } field && (field.Kind != NodeKind.Scalar || field.Scalar is not null and not BrokenReference) ? new(field, _file, this, name) : null;

    /// <summary>True if the field stands in the mapping, even as null.</summary>
    /// <param name="name">The field's name.</param>
    public bool Has(string name) => Source.Fields.Has(name);

    /// <summary>The node as a value: what templates, request bodies and JSON schemas are made of.</summary>
    public Value ToValue() => SourceValues.ToValue(Source);

    /// <summary>Reports that this node can't work.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="fix">What to do.</param>
    public void Error(string message, string fix) => Problems.Add(new(ProblemSeverity.Error, File, Line, Column, Path, message, fix));

    /// <summary>Reports something about this node that should be looked at.</summary>
    /// <param name="message">What is odd.</param>
    /// <param name="fix">What to do.</param>
    public void Warning(string message, string fix) => Problems.Add(new(ProblemSeverity.Warning, File, Line, Column, Path, message, fix));

    /// <summary>The same node, with problems going elsewhere.</summary>
    /// <param name="problems">Where problems go.</param>
    public ManifestNode WithProblems(BuildProblems problems) =>
        new(Source, _file with { Problems = problems }, _parent?.WithProblems(problems), _step);

    /// <summary>A component that takes this one's place, its types and parameters put in place again.</summary>
    internal ManifestNode Replaced(DictValue component, bool parentsWin) =>
        With(ComponentTyping.Apply(SourceValues.ToNode(component, Source.Mark), "", SourceMap.Empty, parentsWin));

    /// <summary>The same fields as a component of another type.</summary>
    internal ManifestNode WithType(string type) => With(ComponentTyping.Apply(
        SourceNode.OfFields(new SourceMap(Source.Fields).Set("type", SourceNode.OfScalar(type, Source.Mark)), Source.Mark), "", SourceMap.Empty));

    /// <summary>Other content at this node's place.</summary>
    internal ManifestNode With(SourceNode source) => new(source, _file, _parent, _step);

    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line},{Column}): {Path}";
}

/// <summary>The file that nodes stand in, where their problems go, and the components of one's own that they may name.</summary>
internal sealed record ManifestFile(string Name, BuildProblems Problems, ConnectorComponents Components);
