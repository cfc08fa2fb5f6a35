using System.Globalization;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Pipelines.Retention;

/// <summary>How long something is kept, as the calendar has it.</summary>
/// <param name="Count">How many units, at least 1.</param>
/// <param name="Unit"><c>D</c>, <c>W</c>, <c>M</c> or <c>Y</c>.</param>
public sealed partial record RetentionPeriod(int Count, char Unit)
{
    /// <summary>At least so many days; a month has 31 then, a year 366.</summary>
    public int Days => Count * Unit switch { 'W' => 7, 'M' => 31, 'Y' => 366, _ => 1 };

    /// <summary>Reads ISO 8601 of one unit: <c>P90D</c>, <c>P12W</c>, <c>P6M</c>, <c>P2Y</c>; null if it is something else.</summary>
    public static RetentionPeriod? Parse(string text) =>
        Form().Match(text) is { Success: true } match && int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) is > 0 and int count
            ? new RetentionPeriod(count, match.Groups["unit"].Value[0])
            : null;

    /// <summary>What is older than this isn't kept.</summary>
    public DateTimeOffset Before(DateTimeOffset now) => Unit switch
    {
        'Y' => now.AddYears(-Count),
        'M' => now.AddMonths(-Count),
        _ => now.AddDays(-Count * (Unit == 'W' ? 7 : 1)),
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"P{Count}{Unit}");

    [GeneratedRegex("^P(?<n>[0-9]{1,3})(?<unit>[DWMY])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTime.Milliseconds)]
    private static partial Regex Form();
}

/// <summary>How long a stream's data is kept, by layer. What is null is kept as long as the deployment keeps it.</summary>
/// <param name="Raw">Landed records, from when they were taken from the source.</param>
/// <param name="Curated">Curated records, from their version if it is an instant, else from when they were taken from the source.</param>
/// <param name="Quarantine">Records that were set aside.</param>
/// <param name="Ledger">The counts of raw blobs.</param>
/// <param name="Lake">Lake files, from when their records were taken from the source.</param>
public sealed record StreamRetention(
    RetentionPeriod? Raw = null, RetentionPeriod? Curated = null, RetentionPeriod? Quarantine = null, RetentionPeriod? Ledger = null, RetentionPeriod? Lake = null)
{
    /// <summary>The stream says nothing.</summary>
    public static StreamRetention None { get; } = new();
}
