using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>A list.</summary>
internal sealed class ListShape(Shape item, int least = 0, int most = int.MaxValue, bool unique = false) : Shape
{
    public override string Kind => "a list";

    public override bool IsKind(YamlNode node) => node is YamlList;

    protected override void CheckInside(YamlNode node, string path, Problems problems)
    {
        IReadOnlyList<YamlNode> items = ((YamlList)node).Items;
        if (items.Count < least || items.Count > most)
        {
            string expected = least == most ? $"{least}" : $"at least {least}";
            problems.Add(node.Line, path, $"The list has {items.Count} items.", $"Write {expected}.");
        }

        for (int i = 0; i < items.Count; i++)
            item.Check(items[i], $"{path}[{i}]", problems);
        if (unique && items.OfType<YamlScalar>().GroupBy(Value).FirstOrDefault(group => group.Count() > 1) is { } twice)
            problems.Add(twice.Last().Line, path, $"'{twice.Key}' is there twice.", "Keep one of the two.");
    }

    private static string Value(YamlScalar scalar) => scalar.TryNumber(out decimal number) ? $"{number / 1.000000000000000000000000000m}" : scalar.Text;
}

/// <summary>A value of one of several kinds; the first that it is of counts.</summary>
internal sealed class EitherShape(params Shape[] shapes) : Shape
{
    public override string Kind => string.Join(" or ", shapes.Select(shape => shape.Kind));

    public override bool IsKind(YamlNode node) => shapes.Any(shape => shape.IsKind(node));

    protected override void CheckInside(YamlNode node, string path, Problems problems) =>
        shapes.First(shape => shape.IsKind(node)).Check(node, path, problems);
}
