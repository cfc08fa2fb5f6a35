using System.Text.Json;

namespace Penstock.Pipelines.Contracts;

/// <summary>What one value must be.</summary>
internal sealed class ValueShape
{
    private readonly LogicalType _type;
    private readonly string _rule;
    private readonly ObjectShape? _object;
    private readonly ValueShape? _items;

    public ValueShape(ContractProperty property)
    {
        Name = property.Name;
        Required = property.Required;
        _type = property.Type;
        _rule = RuleOf(_type);
        _object = property.Properties.Count > 0 ? new ObjectShape(property.Properties) : null;
        _items = property.Items is { } items ? new ValueShape(items) : null;
    }

    public string Name { get; }

    public bool Required { get; }

    /// <summary>Reads one value, whose first token is the reader's current one, to its last token or to the first rule that it breaks.</summary>
    public Violation? Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return Required ? new Violation("required", "", "It must not be null.") : null;
        if (!Keeps(ref reader))
            return new Violation("logicalType", "", _rule);
        if (_object is not null && reader.TokenType == JsonTokenType.StartObject)
            return _object.Check(ref reader);
        if (_items is not null && reader.TokenType == JsonTokenType.StartArray)
            return CheckItems(_items, ref reader);
        reader.Skip();
        return null;
    }

    /// <summary>Puts the parent's name before a violation's path: paths are made on the way back up, so that a good record costs nothing.</summary>
    public static Violation Within(string parent, Violation inner) =>
        inner with { Path = parent + (inner.Path.Length == 0 || inner.Path[0] == '[' ? "" : ".") + inner.Path };

    private static Violation? CheckItems(ValueShape items, ref Utf8JsonReader reader)
    {
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (items.Check(ref reader) is { } violation)
                return Within($"[{i}]", violation);
        }

        return null;
    }

    private bool Keeps(ref Utf8JsonReader reader) => _type switch
    {
        LogicalType.Any => true,
        LogicalType.String => reader.TokenType == JsonTokenType.String,
        LogicalType.Boolean => reader.TokenType is JsonTokenType.True or JsonTokenType.False,
        LogicalType.Number => reader.TokenType == JsonTokenType.Number,
        LogicalType.Integer => reader.TokenType == JsonTokenType.Number && JsonInteger.Is(reader.ValueSpan),
        LogicalType.Object => reader.TokenType == JsonTokenType.StartObject,
        LogicalType.Array => reader.TokenType == JsonTokenType.StartArray,
        _ => reader.TokenType == JsonTokenType.String && IsMoment(ref reader),
    };

    private bool IsMoment(ref Utf8JsonReader reader)
    {
        // No ISO 8601 text of ours is longer; escapes make six bytes of one at most.
        if (reader.ValueSpan.Length > 6 * IsoText.MaxLength)
            return false;
        Span<byte> unescaped = stackalloc byte[6 * IsoText.MaxLength];
        ReadOnlySpan<byte> text = reader.ValueIsEscaped ? unescaped[..reader.CopyString(unescaped)] : reader.ValueSpan;
        return _type switch
        {
            LogicalType.Date => IsoText.IsDate(text),
            LogicalType.Time => IsoText.IsTime(text),
            _ => IsoText.IsTimestamp(text),
        };
    }

    private static string RuleOf(LogicalType type) => type switch
    {
        LogicalType.String => "It must be a string.",
        LogicalType.Boolean => "It must be true or false.",
        LogicalType.Number => "It must be a number.",
        LogicalType.Integer => "It must be an integer.",
        LogicalType.Object => "It must be an object.",
        LogicalType.Array => "It must be an array.",
        LogicalType.Date => "It must be a date, for example 2018-01-31.",
        LogicalType.Time => "It must be a time, for example 09:30:00.",
        LogicalType.Timestamp => "It must be a timestamp with an offset, for example 2018-01-31T09:30:00Z.",
        _ => "",
    };
}
