using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Statistics;

/// <summary>What the values of one column were like. Texts leave nothing behind but lengths and a count: they may be personal.</summary>
/// <param name="keepsRange">Whether least and greatest value are kept: of numbers and moments that aren't classified.</param>
internal sealed class ColumnFigures(bool keepsRange)
{
    private readonly long[] _types = new long[Enum.GetValues<ValueKind>().Length];
    private readonly DistinctCounter _distinct = new();
    private ExactNumber _least;
    private ExactNumber _greatest;
    private byte[]? _leastText;
    private byte[]? _greatestText;

    /// <summary>How often the column was there, null or not.</summary>
    public long Present { get; private set; }

    /// <summary>Values that were made to fit.</summary>
    public long Coerced { get; set; }

    /// <summary>The shortest text, in bytes of UTF-8; null if there was none.</summary>
    public int? MinLength { get; private set; }

    /// <summary>The longest text, in bytes of UTF-8; null if there was none.</summary>
    public int? MaxLength { get; private set; }

    /// <summary>The hash of the latest value; 0 if it was null.</summary>
    public ulong LatestHash { get; private set; }

    public string? Least => _leastText is null ? null : Encoding.UTF8.GetString(_leastText);

    public string? Greatest => _greatestText is null ? null : Encoding.UTF8.GetString(_greatestText);

    public long Distinct => _distinct.Estimate();

    public long Of(ValueKind kind) => _types[(int)kind];

    /// <summary>The kinds of values that there were, but null, the most frequent first.</summary>
    public IEnumerable<ValueKind> Kinds =>
        Enum.GetValues<ValueKind>().Where(kind => kind != ValueKind.Null && Of(kind) > 0).OrderByDescending(Of);

    public void AddNull()
    {
        Present++;
        _types[(int)ValueKind.Null]++;
        LatestHash = 0;
    }

    public void AddOther(ValueKind kind)
    {
        Present++;
        _types[(int)kind]++;
        LatestHash = (ulong)kind;
    }

    public void AddBoolean(bool value)
    {
        AddOther(ValueKind.Boolean);
        Remember(value ? "true"u8 : "false"u8);
    }

    public void AddText(ReadOnlySpan<byte> text, bool isMoment)
    {
        AddOther(ValueKind.Text);
        Remember(text);
        if (!(text.Length >= MinLength))
            MinLength = text.Length;
        if (!(text.Length <= MaxLength))
            MaxLength = text.Length;
        if (!keepsRange || !isMoment || text.Length > IsoText.MaxLength)
            return;
        if (_leastText is null || text.SequenceCompareTo(_leastText) < 0)
            _leastText = text.ToArray();
        if (_greatestText is null || text.SequenceCompareTo(_greatestText) > 0)
            _greatestText = text.ToArray();
    }

    public void AddNumber(ReadOnlySpan<byte> digits, in ExactNumber number)
    {
        AddOther(number.IsInteger ? ValueKind.Integer : ValueKind.Number);
        Remember(digits);
        if (!keepsRange || digits.Length > 64)
            return;
        if (_leastText is null || number.ComparedTo(_least) < 0)
            (_least, _leastText) = (number, digits.ToArray());
        if (_greatestText is null || number.ComparedTo(_greatest) > 0)
            (_greatest, _greatestText) = (number, digits.ToArray());
    }

    private void Remember(ReadOnlySpan<byte> value)
    {
        LatestHash = ValueHash.Of(value) | 1;
        _distinct.Add(LatestHash);
    }
}

/// <summary>The kinds of JSON values; whole numbers are a kind of their own.</summary>
public enum ValueKind
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number without a fraction.</summary>
    Integer,

    /// <summary>A number with a fraction.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,
}
