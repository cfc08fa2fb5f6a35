using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Shaping;

/// <summary>
/// One of the manifest's own transformations (<c>AddFields</c>, <c>RemoveFields</c>, <c>KeysToLower</c>, <c>KeysToSnakeCase</c>,
/// <c>KeysReplace</c>, <c>FlattenFields</c>, <c>DpathFlattenFields</c>), outside a manifest. Not thread-safe.
/// </summary>
public sealed class RecordTransformation
{
    private readonly ITransformation _transformation;
    private readonly EvaluationContext _variables;

    private RecordTransformation(ITransformation transformation, Value config, TimeProvider time)
    {
        _transformation = transformation;
        _variables = new EvaluationContext(config, time).Inner();
    }

    /// <summary>Reads a component; null if it can't work, with the problems saying why.</summary>
    /// <param name="component">The component as a manifest has it, with its <c>type</c>.</param>
    /// <param name="place">The file and the line that it stands in, for problems.</param>
    /// <param name="config">The connector's config, a mapping; none for an empty one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static RecordTransformation? Read(DictValue component, (string File, int Line) place, Value config, TimeProvider time, BuildProblems problems)
    {
        SourceNode source = ComponentTyping.Apply(SourceValues.ToNode(component, new SourceMark(place.Line, 1)), "", SourceMap.Empty);
        var node = new ManifestNode(source, new ManifestFile(place.File, problems, ConnectorComponents.None));
        ManifestValidator.Check(node);
        return TransformationReader.ReadOwn(node) is { } transformation && !problems.HasErrors ? new(transformation, config, time) : null;
    }

    /// <summary>Changes a record in place.</summary>
    /// <exception cref="ExpressionException">A template failed; the message names types, never values.</exception>
    public void Apply(DictValue record)
    {
        _variables.Set(VariableNames.Record, record);
        _transformation.Apply(record, _variables);
    }
}
