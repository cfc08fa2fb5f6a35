using System.Text;
using System.Text.Json;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Shaping;

/// <summary>
/// A condition over records: a template that sees the record as <c>record</c> and the config as <c>config</c>. Only the members that it
/// looks at are made into values. Not thread-safe.
/// </summary>
public sealed class RecordCondition
{
    private readonly InterpolatedBoolean _condition;
    private readonly EvaluationContext _variables;
    private readonly (byte[] Name, Value Key)[]? _fields;
    private readonly DictValue _seen = new();

    /// <summary>Prepares a condition.</summary>
    /// <param name="template">The template; one that can't be used is an error at every record.</param>
    /// <param name="config">The connector's config, a mapping; none for an empty one.</param>
    /// <param name="time">The clock.</param>
    public RecordCondition(string template, Value config, TimeProvider time)
    {
        _condition = new InterpolatedBoolean(template);
        _variables = new EvaluationContext(config, time).Inner();
        _fields = FieldUses.Of(VariableNames.Record, template)?.Select(field => (Encoding.UTF8.GetBytes(field), (Value)field)).ToArray();
    }

    /// <summary>Whether it holds for a record.</summary>
    /// <param name="record">One JSON object.</param>
    /// <exception cref="ExpressionException">The template failed; the message names types, never values.</exception>
    /// <exception cref="JsonException">The record isn't JSON.</exception>
    public bool Holds(ReadOnlySpan<byte> record)
    {
        _variables.Set(VariableNames.Record, _fields is null ? ValueJsonReader.Read(record) : Look(record));
        return _condition.Evaluate(_variables);
    }

    private DictValue Look(ReadOnlySpan<byte> record)
    {
        _seen.Entries.Clear();
        var reader = new Utf8JsonReader(record);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int at = 0;
            while (at < _fields!.Length && !reader.ValueTextEquals(_fields[at].Name))
                at++;
            reader.Read();
            if (at < _fields.Length)
                _seen.Entries[_fields[at].Key] = ValueJsonReader.Read(ref reader);
            else
                reader.Skip();
        }

        return _seen;
    }
}
