using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary><c>RemoveFields</c>: fields that are left out.</summary>
internal sealed class RemoveFields(IReadOnlyList<IReadOnlyList<string>> pointers, InterpolatedBoolean? condition) : ITransformation
{
    /// <summary>The paths of the fields.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Pointers => pointers;

    /// <summary>Decides which scalars go; null for all at the paths.</summary>
    public InterpolatedBoolean? Condition => condition;

    public static RemoveFields Read(ManifestNode node) => new(
        [.. node.List("field_pointers").Select(pointer => (IReadOnlyList<string>)[.. pointer.Items.Select(segment => segment.Scalar.ToString())])],
        node.Condition("condition"));

    public void Apply(DictValue record, EvaluationContext variables)
    {
        foreach (var pointer in pointers)
        {
            DpathDelete.Delete(record, pointer, condition is null ? null : property => condition.Evaluate(variables.Inner().Set("property", property)));
        }
    }
}
