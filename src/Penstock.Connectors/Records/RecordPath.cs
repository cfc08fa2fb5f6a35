using System.Globalization;
using System.Text;

namespace Penstock.Connectors.Records;

/// <summary>A path of keys, indexes and <c>*</c> that records are sliced along, as dpath reads a list of segments.</summary>
internal sealed class RecordPath
{
    private readonly byte[][] _keys;
    private readonly int?[] _indexes;
    private readonly bool[] _any;

    public RecordPath(IReadOnlyList<string> segments)
    {
        Segments = segments;
        _keys = [.. segments.Select(Encoding.UTF8.GetBytes)];
        _indexes = [.. segments.Select(segment => int.TryParse(segment, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? index : (int?)null)];
        _any = [.. segments.Select(segment => segment == "*")];
        HasWildcard = Array.IndexOf(_any, true) >= 0;
        CanSlice = !segments.Any(segment => segment != "*" && segment.AsSpan().ContainsAny('*', '?', '[')) && !_indexes.Any(index => index < 0);
    }

    public IReadOnlyList<string> Segments { get; }

    public int Length => _keys.Length;

    public bool HasWildcard { get; }

    /// <summary>Whether bytes can be sliced along the path; partial globs, <c>**</c> and indexes from the end need the tree.</summary>
    public bool CanSlice { get; }

    public bool IsAny(int depth) => _any[depth];

    public ReadOnlySpan<byte> Key(int depth) => _keys[depth];

    public int? Index(int depth) => _indexes[depth];
}
