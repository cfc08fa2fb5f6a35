using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Manifests;

public sealed partial class ManifestNode
{
    /// <summary>A text; numbers and booleans are given as Python writes them. Null if absent.</summary>
    /// <param name="name">The field's name.</param>
    public string? Text(string name)
    {
        if (Field(name) is not { } field) return null;
        if (field.Kind == NodeKind.Scalar) return field.Scalar.ToString();
        field.Wrong("a text");
        return null;
    }

    /// <summary>A text that must be there; empty (and reported) if it isn't.</summary>
    /// <param name="name">The field's name.</param>
    public string RequiredText(string name)
    {
        if (Field(name) is null) Missing(name);
        return Text(name) ?? "";
    }

    /// <summary>A whole number; also from a text of digits. Null if absent.</summary>
    /// <param name="name">The field's name.</param>
    public long? Integer(string name)
    {
        if (Field(name) is not { } field) return null;
        switch (field.Source.Scalar)
        {
            case BigInteger whole when whole >= long.MinValue && whole <= long.MaxValue:
                return (long)whole;
            case double number when number == Math.Floor(number) && Math.Abs(number) < 1e15:
                return (long)number;
            case string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed):
                return parsed;
            default:
                field.Wrong("a whole number");
                return null;
        }
    }

    /// <summary>A number; also from a text. Null if absent.</summary>
    /// <param name="name">The field's name.</param>
    public double? Number(string name)
    {
        if (Field(name) is not { } field) return null;
        switch (field.Source.Scalar)
        {
            case BigInteger whole:
                return (double)whole;
            case double number:
                return number;
            case string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed):
                return parsed;
            default:
                field.Wrong("a number");
                return null;
        }
    }

    /// <summary>A boolean; also from the texts true and false.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="absent">What an absent field means.</param>
    public bool Flag(string name, bool absent = false)
    {
        if (Field(name) is not { } field) return absent;
        switch (field.Source.Scalar)
        {
            case bool flag:
                return flag;
            case string text when bool.TryParse(text, out var parsed):
                return parsed;
            default:
                field.Wrong("true or false");
                return absent;
        }
    }

    /// <summary>The items of a list; empty if absent.</summary>
    /// <param name="name">The field's name.</param>
    public IReadOnlyList<ManifestNode> List(string name)
    {
        if (Field(name) is not { } field) return [];
        if (field.Kind == NodeKind.Sequence) return [.. field.Items];
        field.Wrong("a list");
        return [];
    }

    /// <summary>A list's items, or the one thing that stands there instead of a list; empty if absent.</summary>
    /// <param name="name">The field's name.</param>
    public IReadOnlyList<ManifestNode> OneOrMany(string name) =>
        Field(name) is not { } field ? [] : field.Kind == NodeKind.Sequence ? [.. field.Items] : [field];

    /// <summary>A component or another mapping. Null if absent.</summary>
    /// <param name="name">The field's name.</param>
    public ManifestNode? Child(string name)
    {
        if (Field(name) is not { } field) return null;
        if (field.Kind == NodeKind.Mapping) return field;
        field.Wrong("a component (a mapping)");
        return null;
    }

    /// <summary>A component or another mapping that must be there; null (and reported) if it isn't.</summary>
    /// <param name="name">The field's name.</param>
    public ManifestNode? RequiredChild(string name)
    {
        if (Field(name) is null) Missing(name);
        return Child(name);
    }

    /// <summary>A field as a value; none if absent.</summary>
    /// <param name="name">The field's name.</param>
    public Value ValueOf(string name) => Source[name] is { } field ? SourceValues.ToValue(field) : Value.None;

    /// <summary>Reports that this component's type doesn't work here.</summary>
    /// <param name="expected">The types that do, for the fix.</param>
    public void Unsupported(params ReadOnlySpan<string> expected)
    {
        var choices = string.Join(", ", expected!);
        if (Type.Length == 0) Error("The component has no type.", $"Add a type: one of {choices}.");
        else Error($"The component {Type} isn't supported here.", $"Use one of {choices}.");
    }

    private void Missing(string name)
    {
        var owner = Type.Length > 0 ? Type : "This mapping";
        Error($"{owner} needs the field '{name}'.", $"Add '{name}'.");
    }

    private void Wrong(string expected) => Error($"This must be {expected}.", "Correct the value.");
}
