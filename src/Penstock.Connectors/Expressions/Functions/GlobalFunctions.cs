using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>The functions that every template may call: Airbyte's macros and Jinja's own, but for <c>range</c>.</summary>
internal static class GlobalFunctions
{
    private static readonly FunctionTable Macros = new()
    {
        TimeFunctions.Table,
        { "camel_case_to_snake_case", "value", (_, a) => Texts.SnakeCase.FromCamelCase(TextMethods.Need(a[0])) },
        { "generate_uuid", "", (e, _) => e.Context.NewId() },
        { "max", "*values", (e, a) => Extremes.Find(e, a[0].AsTuple!, "max") },
        { "min", "*values", (e, a) => Extremes.Find(e, a[0].AsTuple!, "min") },
        { "sanitize_url", "value", (_, a) => Texts.UrlEncoding.QuotePlus(a[0]) },
    };

    private static readonly Dictionary<string, ClassValue> Classes = new(StringComparer.Ordinal)
    {
        ["cycler"] = new("jinja2.utils.Cycler", new NativeFunction("cycler", "*items", Cycler)),
        ["dict"] = new("dict", new NativeFunction("dict", "*more, **named", Dict)),
        ["joiner"] = new("jinja2.utils.Joiner", new NativeFunction("joiner", "sep=?", (_, a) => new JoinerValue(Signature.IsAbsent(a[0]) ? ", " : a[0]))),
        ["namespace"] = new("jinja2.utils.Namespace", new NativeFunction("namespace", "*more, **named", Namespace)),
    };

    public static bool Contains(string name) => Macros.Contains(name) || Classes.ContainsKey(name);

    public static bool TryGet(string name, out Value function)
    {
        if (Macros.TryGet(name, out var macro))
            function = macro;
        else
            function = Classes.GetValueOrDefault(name);
        return !function.IsNone;
    }

    private static Value Cycler(Evaluation evaluation, Value[] a)
    {
        var items = a[0].AsTuple!.Elements;
        return items.Count > 0 ? new CyclerValue(items) : throw ValueException.Bad("at least one item has to be provided");
    }

    private static Value Dict(Evaluation evaluation, Value[] a)
    {
        var dict = new DictValue();
        Dicts.Merge(evaluation, dict, a[0].AsTuple!, a[1].AsDict!, "dict");
        return dict;
    }

    private static Value Namespace(Evaluation evaluation, Value[] a)
    {
        var space = new NamespaceValue();
        foreach (var (key, value) in Dict(evaluation, a).AsDict!.Entries)
            space.Attributes[key.AsText ?? throw ValueException.Type("attribute names must be strings")] = value;
        return space;
    }
}
