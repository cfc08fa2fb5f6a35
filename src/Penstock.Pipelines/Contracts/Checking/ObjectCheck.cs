using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>
/// The columns of an object while the records of one blob are read: those that are declared, and those that turn up. Records of one
/// source mostly have their properties in one order: each column remembers which one came after it.
/// </summary>
internal sealed class ObjectCheck
{
    // Records that make up names (maps written as objects) must not fill the memory.
    private const int MostColumns = 1_000;

    private readonly RecordPass _pass;
    private readonly string _path;
    private readonly List<ColumnCheck> _columns;
    private readonly ColumnCheck[] _needed;
    private ColumnCheck? _first;
    private long _visit;

    public ObjectCheck(RecordPass pass, string path, IReadOnlyList<ContractProperty> declared, IReadOnlyList<string> required)
    {
        (_pass, _path) = (pass, path);
        _columns = [.. declared.Select(property => new ColumnCheck(pass, PathOf(property.Name), property.Name, required.Contains(property.Name) ? property with { Required = true } : property))];
        _needed = [.. _columns.Where(column => column.MindsAbsence)];
    }

    public IReadOnlyList<ColumnCheck> Columns => _columns;

    /// <summary>Columns that aren't remembered, because there are too many.</summary>
    public long Overflow { get; private set; }

    /// <summary>Whether the object that was read last has no property twice.</summary>
    public bool AreNamesOnce { get; private set; }

    /// <summary>Reads from the start of an object to its end; gives how many properties it has.</summary>
    public int Read(ref Utf8JsonReader reader)
    {
        long visit = ++_visit;
        long kept = reader.TokenStartIndex + 1;
        bool hasKept = false;
        bool hasCut = false;
        int count = 0;
        AreNamesOnce = true;
        ColumnCheck? before = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            count++;
            long start = reader.TokenStartIndex;
            ColumnCheck? column = Find(ref reader, before);
            if (column is null)
            {
                Overflow++;
                AreNamesOnce = false;
                reader.Read();
                reader.Skip();
                hasKept = true;
                kept = reader.BytesConsumed;
                continue;
            }

            before = column;
            bool isCut = column.IsUnknown && _pass.Policy.NewColumn == DriftMode.DiscardValue;
            // What was cut before the first one that stays had its comma behind it.
            if (!isCut && !hasKept && hasCut)
                _pass.Edits.Cut(kept, start);
            reader.Read();
            // Readers differ in which of two they take: what was checked must be what is read.
            if (column.Visit == visit)
            {
                AreNamesOnce = false;
                if (!column.IsFound)
                    _pass.Fail("unique", column.Path, "It must be there once.");
            }

            column.Visit = visit;
            column.Read(ref reader);
            if (isCut)
            {
                _pass.Edits.Cut(kept, reader.BytesConsumed);
                hasCut = true;
            }
            else
            {
                hasKept = true;
                kept = reader.BytesConsumed;
            }
        }

        foreach (ColumnCheck column in _needed)
        {
            if (column.Visit != visit)
                column.Miss();
        }

        return count;
    }

    /// <summary>The column of a path, its parts joined by dots; null if it isn't declared or leads through an array.</summary>
    public ColumnCheck? Find(string path)
    {
        foreach (ColumnCheck column in _columns)
        {
            if (column.Path == path)
                return column;
            if (path.StartsWith(column.Path + ".", StringComparison.Ordinal) && column.Object?.Find(path) is { } inner)
                return inner;
        }

        return null;
    }

    private ColumnCheck? Find(ref Utf8JsonReader reader, ColumnCheck? before)
    {
        ColumnCheck? guess = before is null ? _first : before.Next;
        if (guess is not null && Is(ref reader, guess))
            return guess;
        ColumnCheck? found = null;
        foreach (ColumnCheck column in _columns)
        {
            if (Is(ref reader, column))
            {
                found = column;
                break;
            }
        }

        if (found is null && _columns.Count < MostColumns)
        {
            string name = reader.GetString()!;
            found = new ColumnCheck(_pass, PathOf(name), name, property: null);
            _columns.Add(found);
        }

        if (before is null)
            _first = found;
        else
            before.Next = found;
        return found;
    }

    private static bool Is(ref Utf8JsonReader reader, ColumnCheck column) =>
        reader.ValueIsEscaped ? reader.ValueTextEquals(column.Name) : reader.ValueSpan.SequenceEqual(column.Name);

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
