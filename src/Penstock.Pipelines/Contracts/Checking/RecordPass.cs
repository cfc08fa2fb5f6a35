using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>
/// Takes the records of one blob through contract, coercion and drift policy while they are read: one pass over UTF-8, no tree,
/// nothing allocated for a good record. A record is read to its end whatever it breaks, so that the figures are of all of them.
/// </summary>
/// <remarks>Not safe for several threads: a pass serves one blob.</remarks>
internal sealed class RecordPass
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private readonly PassSetup _setup;
    private readonly ObjectCheck _root;
    private readonly DuplicateCounter[] _duplicates;
    private readonly Dictionary<(DriftEntity, ColumnCheck), DriftCount> _drifts = [];
    private readonly List<int> _items = [];
    private byte[] _text = new byte[256];
    private Violation? _violation;

    /// <summary>Begins a blob.</summary>
    /// <param name="setup">What its records are checked against.</param>
    /// <param name="setBlob">Its name, if its duplicates are looked for beyond it; else null.</param>
    public RecordPass(PassSetup setup, string? setBlob = null)
    {
        ulong? blob = setBlob is null ? null : ValueHash.Of(Encoding.UTF8.GetBytes(setBlob));
        _setup = setup;
        _root = new ObjectCheck(this, "", setup.Contract?.Properties ?? [], []);
        ColumnCheck[] key = Columns(setup.Key);
        _duplicates = key.Length < setup.Key.Count ? [] : [.. setup.DuplicateRules
            .Select(rule => (Rule: rule, Columns: Columns(rule.Properties)))
            .Where(one => one.Columns.Length == one.Rule.Properties.Count)
            .Select(one => new DuplicateCounter(one.Rule, one.Columns, key, blob))];
    }

    public DriftPolicy Policy => _setup.Policy;

    public RecordEdits Edits { get; } = new();

    /// <summary>The number of the current record, from 1.</summary>
    public long Record { get; private set; }

    /// <summary>Records that were JSON objects.</summary>
    public long Rows { get; private set; }

    public ObjectCheck Root => _root;

    /// <summary>Whether the current record has none of its own members twice.</summary>
    public bool AreNamesOnce => _root.AreNamesOnce;

    public IReadOnlyList<DuplicateCounter> Duplicates => _duplicates;

    public IEnumerable<DriftCount> Drifts => _drifts.Values;

    /// <summary>Reads a record; gives the first rule that it breaks, or null. What is to be changed is in <see cref="Edits"/>.</summary>
    /// <param name="json">The record.</param>
    /// <param name="isUtf8">Whether somebody has checked that it is UTF-8: the reader doesn't validate the texts that it skips.</param>
    public Violation? Check(ReadOnlySpan<byte> json, bool isUtf8 = false)
    {
        Record++;
        Edits.Clear();
        _items.Clear();
        _violation = null;
        if (!isUtf8 && !Utf8.IsValid(json))
            return new Violation("json", "", "The record isn't valid UTF-8.");
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new Violation("json", "", "The record isn't a JSON object.");
            _root.Read(ref reader);
            reader.Read();
        }
        catch (JsonException e)
        {
            return new Violation("json", "", $"The record isn't valid JSON at byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            return new Violation("json", "", "A text of the record is no Unicode: half of a surrogate pair.");
        }

        Rows++;
        foreach (DuplicateCounter duplicates in _duplicates)
            duplicates.Look(Record);
        return _violation;
    }

    /// <summary>Every column that is declared or turned up, those inside objects and arrays too.</summary>
    public IEnumerable<ColumnCheck> AllColumns() => _root.Columns.SelectMany(Within);

    internal bool Knows(string path) => _setup.Knows(path);

    internal bool KeepsRange(ContractProperty? property, string path) => _setup.KeepsRange(property, path);

    internal IEnumerable<RuleCounter> RulesOf(string path) => _setup.RulesOf(path);

    /// <summary>The record breaks a rule; the first one counts.</summary>
    internal void Fail(string rule, string path, string reason) => _violation ??= new Violation(rule, AtItems(path), reason);

    /// <summary>The record has drifted: counts it, and sets the record aside if that is the policy.</summary>
    internal void Drifted(DriftEntity entity, ColumnCheck column, ValueKind found, string rule, string reason)
    {
        if (!_drifts.TryGetValue((entity, column), out DriftCount? count))
            _drifts.Add((entity, column), count = new DriftCount(entity, column.Path, column.Property?.Type, found, Record));
        count.Records++;
        if (Policy.Of(entity) is DriftMode.Freeze or DriftMode.DiscardRow)
            Fail(rule, column.Path, reason);
    }

    /// <summary>The text that the reader stands at, without escapes; valid until the next one.</summary>
    internal ReadOnlySpan<byte> TextOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        if (_text.Length < reader.ValueSpan.Length)
            _text = new byte[reader.ValueSpan.Length * 2];
        return _text.AsSpan(0, reader.CopyString(_text));
    }

    internal void EnterArray() => _items.Add(0);

    internal void AtItem(int index) => _items[^1] = index;

    internal void LeaveArray() => _items.RemoveAt(_items.Count - 1);

    /// <summary>Whether an array has two items with the same text.</summary>
    internal bool HasTwins(Utf8JsonReader array)
    {
        var seen = new HashSet<ulong>();
        while (array.Read() && array.TokenType != JsonTokenType.EndArray)
        {
            JsonTokenType token = array.TokenType;
            ulong hash = ValueHash.Join((ulong)token, token == JsonTokenType.String ? ValueHash.Of(TextOf(ref array)) : ValueHash.Of(array.ValueSpan));
            for (int depth = array.CurrentDepth; token is JsonTokenType.StartObject or JsonTokenType.StartArray && array.Read() && array.CurrentDepth > depth;)
                hash = ValueHash.Join(hash, ValueHash.Join((ulong)array.TokenType, ValueHash.Of(array.ValueSpan)));
            if (!seen.Add(hash))
                return true;
        }

        return false;
    }

    private ColumnCheck[] Columns(IReadOnlyList<string> paths) => [.. paths.Select(_root.Find).OfType<ColumnCheck>()];

    private static IEnumerable<ColumnCheck> Within(ColumnCheck column) =>
        new[] { column }.Concat(column.Object?.Columns.SelectMany(Within) ?? []).Concat(column.Items is { } items ? Within(items) : []);

    // Made only for a record that breaks something: lines[].sku becomes lines[3].sku.
    private string AtItems(string path)
    {
        if (_items.Count == 0)
            return path;
        var text = new StringBuilder();
        int item = 0;
        foreach (string part in path.Split("[]"))
        {
            if (text.Length > 0 || item > 0)
                text.Append('[').Append(_items[item - 1]).Append(']');
            text.Append(part);
            item++;
        }

        return text.ToString();
    }
}
