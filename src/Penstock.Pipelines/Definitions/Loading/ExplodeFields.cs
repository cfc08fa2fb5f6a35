using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>explode</c>: <c>items</c>, or <c>{ list: items, into: order_items, parent: { id: order_id }, position: line, keep: true }</c>.</summary>
internal static class ExplodeFields
{
    public static ExplodedList? Read(Fields item, string stream)
    {
        if (item.Find("explode") is not YamlMap)
            return item.Text("explode") is { } member ? new ExplodedList(member, $"{stream}.{member}", new Dictionary<string, string>(), "position", false) : null;
        Fields fields = item.Map("explode")!;
        string list = fields.RequiredText("list", "list: items") ?? "";
        Fields? parent = fields.Map("parent");
        var exploded = new ExplodedList(
            list,
            fields.Text("into") ?? $"{stream}.{list}",
            parent?.Names.ToDictionary(path => path, path => parent.Text(path) ?? path) ?? [],
            fields.Text("position") ?? "position",
            fields.Boolean("keep") ?? false);
        if (exploded.Table == stream)
            fields.Add("into", $"'{stream}' is the stream's own table.", "Name another one.");
        fields.RejectOthers();
        return exploded;
    }
}
