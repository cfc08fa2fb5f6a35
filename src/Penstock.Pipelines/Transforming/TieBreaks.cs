using System.Globalization;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Transforming;

/// <summary>
/// Orders the records of a raw blob among all others of the same version, or of none: the one that was taken from the source later
/// is the newer. Two blobs of one moment are told apart by their names: whatever is transformed last, the outcome is the same.
/// </summary>
internal sealed class TieBreaks(string rawBlob, DateTimeOffset takenAt)
{
    /// <summary>The most characters of a text.</summary>
    public const int MaxLength = 96;

    private readonly string _takenAt = takenAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
    private readonly string _last = string.Create(CultureInfo.InvariantCulture, $"~{StableHash.Of(rawBlob):x8}");

    /// <summary>The text of a line; sorts by ordinal comparison.</summary>
    /// <param name="eventOrder">Its place among the events of its hub; null: the time it was taken, and its line.</param>
    /// <param name="line">Its number, from 1.</param>
    /// <param name="buffer">Takes <see cref="MaxLength"/> characters.</param>
    public ReadOnlySpan<char> Of(string? eventOrder, long line, Span<char> buffer)
    {
        string first = eventOrder ?? _takenAt;
        first.CopyTo(buffer);
        buffer[first.Length] = '~';
        line.TryFormat(buffer[(first.Length + 1)..], out int digits, "D10", CultureInfo.InvariantCulture);
        int length = first.Length + 1 + digits;
        _last.CopyTo(buffer[length..]);
        return buffer[..(length + _last.Length)];
    }
}
