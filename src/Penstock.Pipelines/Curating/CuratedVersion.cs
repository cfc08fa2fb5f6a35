using System.Globalization;

namespace Penstock.Pipelines.Curating;

/// <summary>
/// The text that orders a key's versions: <c>{version field} {time taken}~{line}~{blob}</c>. The field is written so that its ordinal order
/// is its own (<c>SortableVersion</c>), empty if there is none; the time when the record was taken from its source has 19 digits of
/// ticks, and breaks ties.
/// </summary>
public static class CuratedVersion
{
    private const int TickDigits = 19;

    /// <summary>Writes a version.</summary>
    /// <param name="field">The version field as <c>SortableVersion</c> writes it; empty if there is none.</param>
    /// <param name="tieBreak">What orders records of the same field, without spaces; it begins with the time taken.</param>
    public static string Of(string? field, ReadOnlySpan<char> tieBreak) => string.Concat(field, " ", tieBreak);

    /// <summary>Compares as bytes of UTF-8 compare, which is by code points, so that every store has one order.</summary>
    public static int Compare(string one, string other)
    {
        int same = one.AsSpan().CommonPrefixLength(other);
        return same == one.Length || same == other.Length ? one.Length.CompareTo(other.Length) : Rank(one[same]).CompareTo(Rank(other[same]));
    }

    /// <summary>The part of the version field.</summary>
    public static string FieldOf(string version) => version.LastIndexOf(' ') is >= 0 and int space ? version[..space] : "";

    /// <summary>
    /// Since when a version is valid: the version field if it is an instant, else when the record was taken from its source; the
    /// beginning of time if the text says neither.
    /// </summary>
    public static DateTimeOffset TimeOf(string version) => InstantAt(version, version is ['t', ..] ? 1 : version.LastIndexOf(' ') + 1);

    /// <summary>When the record was taken from its source, or its event was sent; the beginning of time if the text doesn't say it.</summary>
    public static DateTimeOffset TakenAt(string version) => InstantAt(version, version.LastIndexOf(' ') + 1);

    private static DateTimeOffset InstantAt(string version, int place)
    {
        ReadOnlySpan<char> text = version.AsSpan(place);
        return text.Length >= TickDigits && long.TryParse(text[..TickDigits], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : DateTimeOffset.MinValue;
    }

    // In UTF-16, surrogates come before U+E000.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
