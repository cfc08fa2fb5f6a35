namespace Penstock.Connectors.Manifests;

/// <summary>
/// Gives every component its type and its <c>$parameters</c>, as airbyte-cdk's ManifestComponentTransformer does: parameters are
/// merged down into typed children, nearer ones win, and they also fill fields that a component lacks.
/// </summary>
internal static class ComponentTyping
{
    private const string Parameters = "$parameters";
    private const string Type = "type";

    /// <param name="component">The component, references resolved.</param>
    /// <param name="parentField">The parent's type and field; empty for the root.</param>
    /// <param name="parentParameters">The parameters of the components above.</param>
    /// <param name="parentsWin">True if parameters from above win over the component's own (dynamic streams).</param>
    public static SourceNode Apply(SourceNode component, string parentField, SourceMap parentParameters, bool parentsWin = false) =>
        Apply(component, parentField, parentParameters, parentsWin, []);

    // References make one component stand at many places; where no parameters reach it, it is the same everywhere.
    private static SourceNode Apply(
        SourceNode component, string parentField, SourceMap parentParameters, bool parentsWin, Dictionary<(SourceNode, string), SourceNode> known)
    {
        if (parentParameters.Count > 0) return Made(component, parentField, parentParameters, parentsWin, known);
        if (known.TryGetValue((component, parentField), out var made)) return made;
        return known[(component, parentField)] = Made(component, parentField, parentParameters, parentsWin, known);
    }

    private static SourceNode Made(
        SourceNode component, string parentField, SourceMap parentParameters, bool parentsWin, Dictionary<(SourceNode, string), SourceNode> known)
    {
        var fields = new SourceMap(component.Fields);
        if (!fields.Has(Type) && DefaultTypes.For(parentField, fields.Has("class_name")) is { } type)
            fields.Set(Type, SourceNode.OfScalar(type, component.Mark));
        var own = fields.Find(Parameters)?.Fields ?? SourceMap.Empty;
        fields.Remove(Parameters);
        var parameters = parentsWin ? Union(own, parentParameters) : Union(parentParameters, own);

        if (IsJsonSchema(fields)) return Made(fields, component);
        if (!fields.Has(Type)) return Made(WithNestedComponents(fields, parentField, parameters, parentsWin, known), component);

        foreach (var (key, value) in parameters.Pairs)
            if (fields.Find(key) is not { IsTruthy: true }) fields.Set(key, value);
        foreach (var key in fields.Keys.ToList())
            fields.Set(key, Field(fields.Find(key)!, $"{fields.Find(Type)!.Text}.{key}", key, parameters, parentsWin, known));
        if (parameters.Count > 0) fields.Set(Parameters, SourceNode.OfFields(parameters, component.Mark));
        return Made(fields, component);
    }

    private static SourceNode Field(
        SourceNode value, string identifier, string key, SourceMap parameters, bool parentsWin, Dictionary<(SourceNode, string), SourceNode> known)
    {
        if (value.Kind == NodeKind.Scalar) return value;
        // A parameter named like the field would be put into itself without end.
        var passed = parameters.Has(key) ? new SourceMap(parameters).Remove(key) : parameters;
        if (value.Kind == NodeKind.Mapping) return Apply(value, identifier, passed, parentsWin, known);
        var items = value.Items.Select(item => item.Kind == NodeKind.Mapping ? Apply(item, identifier, passed, parentsWin, known) : item);
        return SourceNode.OfItems(items.ToList(), value.Mark);
    }

    // A plain object may hold components, for example QueryProperties among request parameters.
    private static SourceMap WithNestedComponents(
        SourceMap fields, string parentField, SourceMap parameters, bool parentsWin, Dictionary<(SourceNode, string), SourceNode> known)
    {
        foreach (var key in fields.Keys.ToList())
        {
            var value = fields.Find(key)!;
            if (value[Type] is { IsTruthy: true }) fields.Set(key, Apply(value, parentField, parameters, parentsWin, known));
        }

        return fields;
    }

    private static bool IsJsonSchema(SourceMap fields) => fields.Find(Type) switch
    {
        { Text: "object" } => true,
        { Items: [{ Text: "null" }, { Text: "object" }] } => true,
        _ => false,
    };

    private static SourceMap Union(SourceMap under, SourceMap over)
    {
        if (over.Count == 0) return under;
        if (under.Count == 0) return over;
        var union = new SourceMap(under);
        foreach (var (key, value) in over.Pairs) union.Set(key, value);
        return union;
    }

    private static SourceNode Made(SourceMap fields, SourceNode component) => SourceNode.OfFields(fields, component.Mark);
}
