using System.Text;
using Penstock.Pipelines.Contracts.Values;
using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Contracts.Inference;

/// <summary>What the values at one place of a stream's records are like.</summary>
internal sealed class ValueProfile
{
    // More different values than this aren't a choice.
    private const int MostChoices = 12;
    private const int LongestChoice = 40;
    private const int MostHashes = 1_000_000;

    private static readonly string[] Formats = ["uuid", "email", "uri", "ipv4", "ipv6"];

    private readonly HashSet<string> _formats = [.. Formats];
    private readonly HashSet<LogicalType> _moments = [LogicalType.Date, LogicalType.Time, LogicalType.Timestamp];
    private readonly SortedDictionary<string, long> _choices = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _hashes = [];

    /// <summary>How often it was there, null or not.</summary>
    public long Present { get; private set; }

    public long Nulls { get; private set; }

    public long Texts { get; private set; }

    public long Integers { get; private set; }

    public long Numbers { get; private set; }

    public long Booleans { get; private set; }

    public long Objects { get; private set; }

    public long Arrays { get; private set; }

    /// <summary>Whether some value was there twice.</summary>
    public bool HasTwins { get; private set; }

    /// <summary>The profile of the objects; empty if there were none.</summary>
    public ObjectProfile Members { get; } = new();

    /// <summary>The profile of the arrays' items; null if there were none.</summary>
    public ValueProfile? Items { get; private set; }

    public long Values => Present - Nulls;

    /// <summary>The type that all values have; any if they have several.</summary>
    public LogicalType Type =>
        Values == 0 ? LogicalType.Any
        : Texts == Values ? _moments.Count > 0 ? _moments.First() : LogicalType.String
        : Integers == Values ? LogicalType.Integer
        : Integers + Numbers == Values ? LogicalType.Number
        : Booleans == Values ? LogicalType.Boolean
        : Objects == Values ? LogicalType.Object
        : Arrays == Values ? LogicalType.Array : LogicalType.Any;

    /// <summary>The format that all texts have; null for none.</summary>
    public string? Format => Type == LogicalType.String ? Formats.FirstOrDefault(_formats.Contains) : null;

    /// <summary>The values, if they are few and each comes often; else empty.</summary>
    public IReadOnlyList<string> Choices =>
        Type == LogicalType.String && Format is null && _choices.Count is > 1 and <= MostChoices && Values >= 20L * _choices.Count ? [.. _choices.Keys] : [];

    public void AddNull() => (Present, Nulls) = (Present + 1, Nulls + 1);

    public void AddBoolean() => (Present, Booleans) = (Present + 1, Booleans + 1);

    public void AddObject() => (Present, Objects) = (Present + 1, Objects + 1);

    public ValueProfile AddArray()
    {
        (Present, Arrays) = (Present + 1, Arrays + 1);
        return Items ??= new ValueProfile();
    }

    public void AddNumber(ReadOnlySpan<byte> digits)
    {
        Present++;
        if (digits.IndexOfAny("eE."u8) < 0)
            Integers++;
        else
            Numbers++;
        Remember(digits);
    }

    public void AddText(ReadOnlySpan<byte> text)
    {
        Present++;
        Texts++;
        Remember(text);
        foreach (string format in Formats)
        {
            if (_formats.Contains(format) && !TextFormats.Keeps(format, text))
                _formats.Remove(format);
        }

        if (_moments.Count > 0)
            Narrow(text);
        if (text.Length <= LongestChoice && _choices.Count <= MostChoices)
            _choices[Encoding.UTF8.GetString(text)] = 1;
        else if (_choices.Count <= MostChoices)
            _choices[$"\0{_choices.Count}"] = 1;
    }

    private void Narrow(ReadOnlySpan<byte> text)
    {
        if (!IsoText.IsDate(text))
            _moments.Remove(LogicalType.Date);
        if (!IsoText.IsTime(text))
            _moments.Remove(LogicalType.Time);
        if (!IsoText.IsTimestamp(text))
            _moments.Remove(LogicalType.Timestamp);
    }

    private void Remember(ReadOnlySpan<byte> value)
    {
        if (!HasTwins && _hashes.Count < MostHashes)
            HasTwins = !_hashes.Add(ValueHash.Of(value));
        if (HasTwins)
            _hashes.Clear();
    }
}
