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

    /// <summary>Reads one value, whose first token is the reader's current one, to its last token.</summary>
    public void Check(ref Utf8JsonReader reader, ref Violations violations)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            if (Required)
                violations.Add("", "is required and must not be null");
            return;
        }

        if (!Keeps(ref reader))
        {
            violations.Add("", _rule);
            reader.Skip();
        }
        else if (_object is not null && reader.TokenType == JsonTokenType.StartObject)
        {
            _object.Check(ref reader, ref violations);
        }
        else if (_items is not null && reader.TokenType == JsonTokenType.StartArray)
        {
            CheckItems(_items, ref reader, ref violations);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void CheckItems(ValueShape items, ref Utf8JsonReader reader, ref Violations violations)
    {
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            int first = violations.Count;
            items.Check(ref reader, ref violations);
            if (violations.Count > first)
                violations.Within($"[{i}]", first);
        }
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
        LogicalType.String => "must be a string",
        LogicalType.Boolean => "must be true or false",
        LogicalType.Number => "must be a number",
        LogicalType.Integer => "must be an integer",
        LogicalType.Object => "must be an object",
        LogicalType.Array => "must be an array",
        LogicalType.Date => "must be a date, for example 2018-01-31",
        LogicalType.Time => "must be a time, for example 09:30:00",
        LogicalType.Timestamp => "must be a timestamp with an offset, for example 2018-01-31T09:30:00Z",
        _ => "",
    };
}
