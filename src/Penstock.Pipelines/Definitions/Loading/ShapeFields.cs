using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Shaping;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>shape</c>: a list of changes, each a mapping with one of <see cref="Known"/>, or a component of the manifest's.</summary>
internal static class ShapeFields
{
    private static readonly string[] Known = ["filter", "select", "remove", "rename", "derive", "flatten", "explode", "type"];

    public static RecordShape Read(Fields stream, string streamName, Loading loading)
    {
        var steps = new List<ShapeStep>();
        var lists = new List<ExplodedList>();
        foreach (Fields item in stream.Maps("shape"))
        {
            string[] named = [.. Known.Where(item.Has)];
            if (named is not [var name])
            {
                if (named.Length > 1)
                    item.Add(named[1], $"A step does one thing, but this one has '{string.Join("' and '", named)}'.", "Write each as a step of its own: a list item.");
                else
                    loading.Problems.Add(item.Line, item.Path, "The step says nothing that is known.", Nearest.Advice(item.Names is [var first, ..] ? first : "", Known));
                continue;
            }

            if (name == "explode")
                lists.AddRange(ExplodeFields.Read(item, streamName) is { } list ? [list] : []);
            else if (lists.Count > 0)
                item.Add(name, "'explode' comes last: it is done when records have their shape, are checked and masked.", "Move this step before it.");
            else if (Step(name, item, loading) is { } step)
                steps.Add(step);
            if (name != "type")
                item.RejectOthers();
        }

        return steps.Count == 0 && lists.Count == 0 ? RecordShape.None : new RecordShape(steps, lists);
    }

    private static ShapeStep? Step(string name, Fields item, Loading loading) => name switch
    {
        "filter" => Condition(item) is { } condition ? new FilterStep(condition) : null,
        "select" => new SelectStep(item.Texts("select")),
        "remove" => new RemoveStep(item.Texts("remove")),
        "rename" => Rename(item),
        "derive" => Derive(item),
        "flatten" => Flatten(item),
        _ => Manifest(item, loading),
    };

    private static string? Condition(Fields item)
    {
        if (item.Text("filter") is not { } text)
            return null;
        var condition = new InterpolatedBoolean(text);
        if (condition.Error is { } error)
            item.Add("filter", $"The template can't be used: {error.Message} (column {error.Column}).", "Correct it, for example: filter: \"{{ record.total > 0 }}\"");
        else if (condition.IsConstant)
            item.Add("filter", "The condition is the same for every record.", "Write a template, for example: filter: \"{{ record.total > 0 }}\"");
        return text;
    }

    private static RenameStep? Rename(Fields item)
    {
        if (item.Map("rename") is not { } names)
            return null;
        return new RenameStep([.. names.Names.Select(from => ((IReadOnlyList<string>)from.Split('.'), names.Text(from) ?? from))]);
    }

    private static DeriveStep? Derive(Fields item)
    {
        if (item.Map("derive") is not { } members)
            return null;
        var derived = new List<(string, string)>();
        foreach (string name in members.Names)
        {
            string template = members.Find(name) is YamlScalar scalar ? scalar.Text : members.Text(name) ?? "";
            if (new InterpolatedString(template).Error is { } error)
                members.Add(name, $"The template can't be used: {error.Message} (column {error.Column}).", "Correct it, for example: total: \"{{ record.price * record.count }}\"");
            derived.Add((name, template));
        }

        return new DeriveStep(derived);
    }

    private static FlattenStep? Flatten(Fields item)
    {
        if (item.Find("flatten") is YamlScalar { Boolean: true })
            return new FlattenStep(null, null);
        if (item.Find("flatten") is not YamlMap)
            return item.Text("flatten") is { } text ? new FlattenStep(text, null) : null;
        Fields fields = item.Map("flatten")!;
        string member = fields.RequiredText("member", "member: address") ?? "";
        string? prefix = fields.Find("prefix") is YamlScalar { Text: "" } ? "" : fields.Text("prefix");
        fields.RejectOthers();
        return new FlattenStep(member, prefix);
    }

    private static ManifestStep? Manifest(Fields item, Loading loading)
    {
        DictValue component = YamlValues.Of(item);
        var problems = new BuildProblems();
        _ = RecordTransformation.Read(component, (loading.Problems.File, item.Line), Value.None, TimeProvider.System, problems);
        foreach (BuildProblem problem in problems.All.Where(problem => problem.Severity == ProblemSeverity.Error))
            loading.Problems.Add(problem.Line, problem.Path.Length == 0 ? item.Path : $"{item.Path}.{problem.Path}", problem.Message, problem.Fix);
        return problems.HasErrors ? null : new ManifestStep(component);
    }
}
