using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quality;

namespace Penstock.Pipelines.Watching.Figures;

/// <summary>What a stream's records were like, hour by hour: what monitors compare with. One small document a stream.</summary>
public sealed record StreamFigures
{
    /// <summary>Hours are kept so long: five weeks, so that a Monday has four others to be compared with.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(35);

    /// <summary>Hours with figures of columns; older ones keep their counts alone.</summary>
    public const int HoursWithColumns = 200;

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>The hours that had records, in order.</summary>
    public IReadOnlyList<HourFigures> Hours { get; init; } = [];

    /// <summary>The latest time of a transform that was taken in.</summary>
    public DateTimeOffset? ReadUntil { get; init; }

    /// <summary>What was taken in of the last minutes: workers' clocks differ, and documents come late.</summary>
    public IReadOnlyList<string> Recent { get; init; } = [];

    /// <summary>The document's name.</summary>
    public static string NameFor(string pipeline, string stream) =>
        $"{BlobAreas.State}/history/{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}.json";

    /// <summary>The latest hour that had records; null if there was none.</summary>
    public HourFigures? Latest => Hours.Count == 0 ? null : Hours[^1];

    /// <summary>Takes in what blobs were like.</summary>
    /// <param name="news">The blobs, in order; replays don't count.</param>
    /// <param name="overlap">How long a document may come late.</param>
    public StreamFigures With(IReadOnlyList<BlobQuality> news, TimeSpan overlap)
    {
        if (news.Count == 0)
            return this;
        var hours = Hours.ToDictionary(hour => hour.Hour);
        foreach (BlobQuality blob in news.Where(blob => blob.Replay is null))
        {
            DateTimeOffset hour = HourOf(blob.TakenAt);
            hours[hour] = (hours.GetValueOrDefault(hour) ?? new HourFigures { Hour = hour }).With(blob);
        }

        DateTimeOffset until = news.Max(blob => blob.At) is var latest && latest > ReadUntil ? latest : ReadUntil ?? latest;
        HourFigures[] kept = [.. hours.Values.Where(hour => hour.Hour > until - Kept).OrderBy(hour => hour.Hour)];
        for (int i = 0; i < kept.Length - HoursWithColumns; i++)
            kept[i] = kept[i].WithoutColumns();
        string oldest = BlobQuality.PrefixOf(Pipeline, Stream, until - overlap);
        return this with
        {
            Hours = kept, ReadUntil = until,
            Recent = [.. Recent.Concat(news.Select(blob => blob.Name)).Where(name => string.CompareOrdinal(name, oldest) >= 0)],
        };
    }

    /// <summary>The full hour of a time.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);
}

/// <summary>What the records were like that were taken from the source in one hour.</summary>
public sealed record HourFigures
{
    /// <summary>The hour, UTC.</summary>
    public required DateTimeOffset Hour { get; init; }

    /// <summary>Records read.</summary>
    public long Read { get; init; }

    /// <summary>Records in quarantine.</summary>
    public long Quarantined { get; init; }

    /// <summary>Records that the columns' figures are of.</summary>
    public long Rows { get; init; }

    /// <summary>The columns.</summary>
    public IReadOnlyDictionary<string, ColumnHour> Columns { get; init; } = new Dictionary<string, ColumnHour>();

    /// <summary>How many records broke each of the contract's rules.</summary>
    public IReadOnlyDictionary<string, long> Rules { get; init; } = new Dictionary<string, long>();

    internal HourFigures With(BlobQuality blob)
    {
        var columns = Columns.ToDictionary();
        foreach (ColumnQuality column in blob.Columns)
        {
            ColumnHour before = columns.GetValueOrDefault(column.Column) ?? new ColumnHour(0, 0, 0);
            columns[column.Column] = new ColumnHour(before.Values + column.Values, before.Nulls + column.Nulls, before.Distinct + column.Distinct);
        }

        var rules = Rules.ToDictionary();
        foreach (RuleFigure rule in blob.Rules)
            rules[rule.Rule] = rules.GetValueOrDefault(rule.Rule) + rule.Records;
        return this with { Read = Read + blob.Read, Quarantined = Quarantined + blob.Quarantined, Rows = Rows + blob.Rows, Columns = columns, Rules = rules };
    }

    internal HourFigures WithoutColumns() => Columns.Count == 0 ? this : this with { Columns = new Dictionary<string, ColumnHour>() };
}

/// <summary>What a column was like in one hour.</summary>
/// <param name="Values">How often it had a value.</param>
/// <param name="Nulls">How often it was null or missing.</param>
/// <param name="Distinct">The different values of each blob, added up.</param>
public sealed record ColumnHour(long Values, long Nulls, long Distinct);
