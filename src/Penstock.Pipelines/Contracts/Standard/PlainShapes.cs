using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>Anything.</summary>
internal sealed class AnyShape : Shape
{
    public override string Kind => "a value";

    public override bool IsKind(YamlNode node) => true;
}

/// <summary>Anything but a list or a mapping.</summary>
internal sealed class PlainShape : Shape
{
    public override string Kind => "a plain value";

    public override bool IsKind(YamlNode node) => node is YamlScalar;
}

/// <summary>A mapping with any fields.</summary>
internal sealed class OpenShape : Shape
{
    public override string Kind => "a mapping";

    public override bool IsKind(YamlNode node) => node is YamlMap;
}

/// <summary>True or false.</summary>
internal sealed class BooleanShape : Shape
{
    public override string Kind => "true or false";

    public override bool IsKind(YamlNode node) => node is YamlScalar { Boolean: not null };
}

/// <summary>A number.</summary>
internal sealed class NumberShape(bool whole = false, decimal? least = null, decimal? above = null) : Shape
{
    public override string Kind => whole ? "a whole number" : "a number";

    public override bool IsKind(YamlNode node) =>
        node is YamlScalar { IsNull: false } scalar && scalar.TryNumber(out decimal number) && (!whole || number == decimal.Truncate(number));

    protected override string Advice(YamlNode node) =>
        node is YamlScalar { IsQuoted: true } ? $"Write {Kind}, without quotes." : base.Advice(node);

    protected override void CheckInside(YamlNode node, string path, Problems problems)
    {
        ((YamlScalar)node).TryNumber(out decimal number);
        if (number < least)
            problems.Add(node.Line, path, $"{number} is too small.", $"Write {least} or more.");
        if (number <= above)
            problems.Add(node.Line, path, $"{number} is too small.", $"Write more than {above}.");
    }
}
