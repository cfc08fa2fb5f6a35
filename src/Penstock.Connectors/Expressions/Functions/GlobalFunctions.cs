using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>The functions that every template may call: Airbyte's macros and Jinja's own, but for <c>range</c>.</summary>
internal static class GlobalFunctions
{
    private static readonly FunctionTable Table = new()
    {
        { "camel_case_to_snake_case", "value", (_, a) => Texts.SnakeCase.FromCamelCase(TextMethods.Need(a[0])) },
        { "dict", "*more, **named", Dict },
        { "generate_uuid", "", (e, _) => e.Context.NewId() },
        { "max", "*values", (e, a) => Extremes.Find(e, a[0].AsTuple!, "max") },
        { "min", "*values", (e, a) => Extremes.Find(e, a[0].AsTuple!, "min") },
        { "namespace", "*more, **named", Namespace },
    };

    public static bool Contains(string name) => Table.Contains(name);

    public static bool TryGet(string name, out Value function)
    {
        var found = Table.TryGet(name, out var native);
        function = native;
        return found;
    }

    private static Value Dict(Evaluation evaluation, Value[] a)
    {
        var dict = new DictValue();
        Dicts.Merge(evaluation, dict, a[0].AsTuple!, a[1].AsDict!, "dict");
        return dict;
    }

    private static Value Namespace(Evaluation evaluation, Value[] a)
    {
        var attributes = Dict(evaluation, a).AsDict!;
        var space = new NamespaceValue();
        foreach (var (key, value) in attributes.Entries)
            space.Attributes[key.AsText ?? throw ValueException.Type("attribute names must be strings")] = value;
        return space;
    }
}
