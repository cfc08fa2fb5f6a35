using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>Counts the records that break a quality rule about one property.</summary>
internal sealed class RuleCounter
{
    private readonly byte[]?[] _values;

    public RuleCounter(QualityRule rule)
    {
        Rule = rule;
        IReadOnlyList<string?> values = (rule.Metric == QualityMetric.InvalidValues ? rule.ValidValues : rule.MissingValues) ?? [];
        _values = [.. values.Select(value => value is null ? null : Encoding.UTF8.GetBytes(value))];
    }

    public QualityRule Rule { get; }

    public long Count { get; private set; }

    /// <summary>Whether a record without the property counts.</summary>
    public bool CountsAbsent => Rule.Metric == QualityMetric.NullValues || (Rule.Metric == QualityMetric.MissingValues && Has(null));

    /// <summary>Whether the rule says what is wrong by the property's own type and options.</summary>
    public bool CountsBroken => Rule is { Metric: QualityMetric.InvalidValues, ValidValues: null, Pattern: null };

    /// <summary>Counts a record whose value breaks the property's type or options, or that lacks the property.</summary>
    public void Add() => Count++;

    /// <summary>Looks at a value; counts it if it breaks the rule, and gives whether it does.</summary>
    /// <param name="token">The value's first token.</param>
    /// <param name="text">The value of a text (without escapes) or a number.</param>
    public bool Look(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        bool breaks = Rule.Metric switch
        {
            QualityMetric.NullValues => token == JsonTokenType.Null,
            QualityMetric.MissingValues => IsAmong(token, text),
            QualityMetric.InvalidValues => token != JsonTokenType.Null && IsInvalid(token, text),
            _ => false,
        };
        Count += breaks ? 1 : 0;
        return breaks;
    }

    /// <summary>The rule that a single record breaks, as quarantine names it.</summary>
    public (string Rule, string Reason) Broken() => Rule.Metric switch
    {
        QualityMetric.NullValues => ("nullValues", "It must not be null or missing."),
        QualityMetric.MissingValues => ("missingValues", "It has a value that stands for none."),
        _ => ("invalidValues", Rule.Pattern is { } pattern ? $"It must match {pattern}."
            : $"It must be one of {string.Join(", ", (Rule.ValidValues ?? []).OfType<string>().Take(20))}."),
    };

    private bool IsInvalid(JsonTokenType token, ReadOnlySpan<byte> text) =>
        (Rule.ValidValues is not null && !IsAmong(token, text))
        || (Rule.Pattern is { } pattern && token == JsonTokenType.String && !OptionRules.Matches(pattern, text));

    private bool IsAmong(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        if (token == JsonTokenType.Null)
            return Has(null);
        ReadOnlySpan<byte> value = token switch { JsonTokenType.True => "true"u8, JsonTokenType.False => "false"u8, _ => text };
        foreach (byte[]? one in _values)
        {
            if (one is not null && (value.SequenceEqual(one) || (token == JsonTokenType.Number && IsSameNumber(value, one))))
                return true;
        }

        return false;
    }

    private bool Has(byte[]? value) => Array.Exists(_values, one => one == value);

    private static bool IsSameNumber(ReadOnlySpan<byte> number, byte[] one) =>
        JsonNumberText.Is(one) && ExactNumber.Parse(number).ComparedTo(ExactNumber.Parse(one)) == 0;
}
