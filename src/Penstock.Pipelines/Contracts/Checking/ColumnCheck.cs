using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Contracts.Values;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>One column while the records of one blob are read: checks its values, makes them fit, and counts.</summary>
internal sealed class ColumnCheck
{
    private readonly RecordPass _pass;
    private readonly ContractProperty? _property;
    private readonly OptionRules? _options;
    private readonly ColumnCheck? _items;
    private readonly RuleCounter[] _rules;
    private readonly bool _isMoment;

    public ColumnCheck(RecordPass pass, string path, string name, ContractProperty? property)
    {
        (_pass, _property) = (pass, property);
        Path = path;
        Name = Encoding.UTF8.GetBytes(name);
        IsUnknown = property is null && !pass.Knows(path);
        _options = property is null ? null : OptionRules.Of(property);
        _isMoment = property?.Type is LogicalType.Date or LogicalType.Time or LogicalType.Timestamp;
        Figures = new ColumnFigures(pass.KeepsRange(property, path));
        _rules = [.. pass.RulesOf(path)];
        Object = property?.Properties.Count > 0 ? new ObjectCheck(pass, path, property.Properties, property.Options.Required) : null;
        _items = property?.Items is { } items ? new ColumnCheck(pass, $"{path}[]", "", items) : null;
    }

    public byte[] Name { get; }

    /// <summary>The path, its parts joined by dots; <c>[]</c> stands for the items of an array.</summary>
    public string Path { get; }

    public ContractProperty? Property => _property;

    public ColumnFigures Figures { get; }

    public IReadOnlyList<RuleCounter> Rules => _rules;

    public ObjectCheck? Object { get; }

    public ColumnCheck? Items => _items;

    /// <summary>Whether the contract doesn't declare it.</summary>
    public bool IsFound => _property is null;

    /// <summary>Whether it is new: neither declared nor known from before.</summary>
    public bool IsUnknown { get; }

    /// <summary>Whether a record without it is of interest.</summary>
    public bool MindsAbsence => _property?.Required == true || _rules.Any(rule => rule.CountsAbsent);

    /// <summary>The column that came after this one last time.</summary>
    public ColumnCheck? Next { get; set; }

    /// <summary>The visit of the object in which it was last there.</summary>
    public long Visit { get; set; }

    /// <summary>The record in which it was last there.</summary>
    public long Record { get; private set; }

    /// <summary>The object lacks it.</summary>
    public void Miss()
    {
        foreach (RuleCounter rule in _rules)
        {
            if (rule.CountsAbsent)
                Count(rule);
        }

        if (_property?.Required == true)
            _pass.Drifted(DriftEntity.MissingColumn, this, ValueKind.Null, "required", "It is missing.");
    }

    /// <summary>Reads one value, whose first token is the reader's current one, to its last token.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        Record = _pass.Record;
        if (IsUnknown)
            _pass.Drifted(DriftEntity.NewColumn, this, KindOf(reader.TokenType), "drift", "The column is new, and the stream takes no new ones.");
        long start = reader.TokenStartIndex;
        JsonTokenType token = reader.TokenType;
        ReadOnlySpan<byte> text = token switch
        {
            JsonTokenType.String => _pass.TextOf(ref reader),
            JsonTokenType.Number => reader.ValueSpan,
            _ => [],
        };
        Look(token, text);
        if (token == JsonTokenType.Null)
            ReadNull();
        else if (_property is not null && !TypeRules.Keeps(_property, token, text))
            Coerce(reader, token, text, start);
        else if (_property is not null)
            CheckOptions(token, text);

        if (token == JsonTokenType.StartObject)
            ReadObject(ref reader);
        else if (token == JsonTokenType.StartArray)
            ReadArray(ref reader);
    }

    private void Look(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        switch (token)
        {
            case JsonTokenType.Null:
                Figures.AddNull();
                break;
            case JsonTokenType.String:
                Figures.AddText(text, _isMoment);
                break;
            case JsonTokenType.Number:
                Figures.AddNumber(text, ExactNumber.Parse(text));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                Figures.AddBoolean(token == JsonTokenType.True);
                break;
            default:
                Figures.AddOther(KindOf(token));
                break;
        }

        foreach (RuleCounter rule in _rules)
        {
            if (rule.Look(token, text) && rule.Rule.IsOfRecords)
                Break(rule);
        }
    }

    private void ReadNull()
    {
        if (_property?.Required == true)
            _pass.Drifted(DriftEntity.MissingColumn, this, ValueKind.Null, "required", "It must not be null.");
    }

    private void Coerce(Utf8JsonReader reader, JsonTokenType token, ReadOnlySpan<byte> text, long start)
    {
        if (_property!.Coercion != Coercion.None && Coercer.Coerce(_property, token, text) is { } value)
        {
            Figures.Coerced++;
            _pass.Edits.Replace(start, reader.BytesConsumed, value);
            bool isNumber = _property.Type is LogicalType.Integer or LogicalType.Number;
            CheckOptions(isNumber ? JsonTokenType.Number : JsonTokenType.String, value[0] == '"' ? value.AsSpan(1, value.Length - 2) : value);
            return;
        }

        CountBroken();
        _pass.Drifted(DriftEntity.TypeChange, this, KindOf(token), "logicalType", TypeRules.Reason(_property));
        if (_pass.Policy.TypeChange != DriftMode.DiscardValue)
            return;
        if (_property.Required)
            _pass.Fail("logicalType", Path, TypeRules.Reason(_property));
        reader.Skip();
        _pass.Edits.Replace(start, reader.BytesConsumed, "null"u8);
    }

    private void CheckOptions(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        (string Rule, string Reason)? broken = token switch
        {
            JsonTokenType.Number when _property!.Type is LogicalType.Integer or LogicalType.Number => _options?.CheckNumber(ExactNumber.Parse(text)),
            JsonTokenType.String when _property!.Type is not (LogicalType.Any or LogicalType.Boolean) => _options?.CheckText(text),
            _ => null,
        };
        if (broken is not { } rule)
            return;
        CountBroken();
        _pass.Fail(rule.Rule, Path, rule.Reason);
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        if (Object is null && _options is null)
        {
            reader.Skip();
            return;
        }

        int count = Object?.Read(ref reader) ?? CountOf(ref reader, JsonTokenType.EndObject);

        if (_property!.Type == LogicalType.Object && _options?.CheckCount(count) is { } broken)
            _pass.Fail(broken.Rule, Path, broken.Reason);
    }

    private void ReadArray(ref Utf8JsonReader reader)
    {
        if (_options is null || _property!.Type != LogicalType.Array)
        {
            ReadItems(ref reader);
            return;
        }

        Utf8JsonReader counting = reader;
        ReadItems(ref reader);
        if (_property.Options.UniqueItems && _pass.HasTwins(counting))
            _pass.Fail("uniqueItems", Path, "Its items must be different.");
        if (_options.CheckCount(CountOf(ref counting, JsonTokenType.EndArray)) is { } broken)
            _pass.Fail(broken.Rule, Path, broken.Reason);
    }

    private void ReadItems(ref Utf8JsonReader reader)
    {
        if (_items is null)
        {
            reader.Skip();
            return;
        }

        _pass.EnterArray();
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            _pass.AtItem(i);
            _items.Read(ref reader);
        }

        _pass.LeaveArray();
    }

    private static int CountOf(ref Utf8JsonReader reader, JsonTokenType end)
    {
        int count = 0;
        while (reader.Read() && reader.TokenType != end)
        {
            count++;
            if (reader.TokenType == JsonTokenType.PropertyName)
                reader.Read();
            reader.Skip();
        }

        return count;
    }

    private void CountBroken()
    {
        foreach (RuleCounter rule in _rules)
        {
            if (rule.CountsBroken)
                Count(rule);
        }
    }

    private void Count(RuleCounter rule)
    {
        rule.Add();
        if (rule.Rule.IsOfRecords)
            Break(rule);
    }

    private void Break(RuleCounter rule)
    {
        (string name, string reason) = rule.Broken();
        _pass.Fail(name, Path, reason);
    }

    private static ValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.Null => ValueKind.Null,
        JsonTokenType.String => ValueKind.Text,
        JsonTokenType.Number => ValueKind.Number,
        JsonTokenType.True or JsonTokenType.False => ValueKind.Boolean,
        JsonTokenType.StartObject => ValueKind.Object,
        _ => ValueKind.Array,
    };
}
