using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.History;

/// <summary>
/// How a pipeline's streams are, at a glance: one small document for each pipeline, so that a thousand pipelines are shown
/// without reading their runs. A gauge, maintained beside the ledger, which is what counts.
/// </summary>
/// <param name="Streams">Each stream that has run or received.</param>
public sealed record PipelinePulse(IReadOnlyDictionary<string, StreamPulse> Streams)
{
    /// <summary>All pulses.</summary>
    public const string Folder = BlobAreas.State + "/pulse/";

    /// <summary>How many days of use are kept.</summary>
    public const int MaxDays = 7;

    /// <summary>Nothing has happened yet.</summary>
    public static PipelinePulse Empty { get; } = new(new Dictionary<string, StreamPulse>());

    /// <summary>What was used on each of the last days, UTC, the oldest first; days without anything are left out.</summary>
    public IReadOnlyList<DayUse> Days { get; init; } = [];

    /// <summary>The name of a pipeline's pulse.</summary>
    public static string NameFor(string pipeline) => $"{Folder}{BlobNames.Segment(pipeline)}.json";

    /// <summary>One stream's pulse.</summary>
    public StreamPulse Of(string stream) => Streams.GetValueOrDefault(stream, StreamPulse.Empty);

    /// <summary>Changes one stream's pulse.</summary>
    public PipelinePulse With(string stream, StreamPulse pulse) => this with { Streams = new Dictionary<string, StreamPulse>(Streams) { [stream] = pulse } };

    /// <summary>Adds what was used on a day; forgets what is older than <see cref="MaxDays"/>.</summary>
    public PipelinePulse With(DayUse more)
    {
        DayUse? known = Days.FirstOrDefault(one => one.Day == more.Day);
        var all = Days.Where(one => one.Day != more.Day).Append(known is null ? more : known with { Calls = known.Calls + more.Calls, Usage = known.Usage + more.Usage }).OrderBy(one => one.Day).ToList();
        return this with { Days = [.. all.Where(one => one.Day.DayNumber > all[^1].Day.DayNumber - MaxDays)] };
    }
}

/// <summary>How a stream is.</summary>
public sealed record StreamPulse
{
    /// <summary>How many runs are marked.</summary>
    public const int MaxRuns = 8;

    /// <summary>How many hours of volume are kept.</summary>
    public const int Hours = 24;

    /// <summary>Nothing has happened yet.</summary>
    public static StreamPulse Empty { get; } = new();

    /// <summary>Everything that the source had until then is landed.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>When the newest records that were transformed had been landed: how fresh a received stream is.</summary>
    public DateTimeOffset? LandedAt { get; init; }

    /// <summary>The last runs that ended, the newest first.</summary>
    public IReadOnlyList<RunMark> Runs { get; init; } = [];

    /// <summary>When a run last ended with each status: where none did, none need be looked for.</summary>
    public IReadOnlyDictionary<RunStatus, DateTimeOffset> Ends { get; init; } = new Dictionary<RunStatus, DateTimeOffset>();

    /// <summary>What was transformed in each of the last hours, the oldest first; hours without anything are left out.</summary>
    public IReadOnlyList<HourVolume> Volume { get; init; } = [];

    /// <summary>Enters a run that has ended.</summary>
    public StreamPulse With(RunMark run)
    {
        if (Runs.Any(one => one.Id == run.Id))
            return this;
        bool isLater = !(Ends.GetValueOrDefault(run.Status) > run.EndedAt);
        return this with
        {
            Runs = [.. Runs.Append(run).OrderByDescending(one => one.EndedAt).ThenByDescending(one => one.Id, StringComparer.Ordinal).Take(MaxRuns)],
            Ends = isLater ? new Dictionary<RunStatus, DateTimeOffset>(Ends) { [run.Status] = run.EndedAt } : Ends,
            FreshUntil = run is { Kind: RunKind.Incremental, Status: RunStatus.Completed } && !(FreshUntil > run.CreatedAt) ? run.CreatedAt : FreshUntil,
        };
    }

    /// <summary>Adds what was transformed within an hour; forgets what is older than <see cref="Hours"/>.</summary>
    public StreamPulse With(HourVolume more)
    {
        HourVolume? known = Volume.FirstOrDefault(one => one.Hour == more.Hour);
        var all = Volume.Where(one => one.Hour != more.Hour).Append(known is null ? more : known + more).OrderBy(one => one.Hour).ToList();
        return this with { Volume = [.. all.Where(one => one.Hour > all[^1].Hour - Hours)] };
    }
}

/// <summary>A run that has ended, in a few words.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Kind">Why it ran.</param>
/// <param name="Status">How it ended.</param>
/// <param name="CreatedAt">When it was planned.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Landed">Records landed.</param>
public sealed record RunMark(string Id, RunKind Kind, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset EndedAt, long Landed);

/// <summary>What a pipeline used on a day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Calls">Calls to the source, of runs that ended on it.</param>
/// <param name="Usage">What those runs used, and what was transformed on it.</param>
public sealed record DayUse(DateOnly Day, long Calls, Usage Usage)
{
    /// <summary>The day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

/// <summary>What was transformed within an hour.</summary>
/// <param name="Hour">The hour, counted from 1970-01-01T00:00Z.</param>
/// <param name="Read">Records read.</param>
/// <param name="Quarantined">Of those, records set aside.</param>
public sealed record HourVolume(long Hour, long Read, long Quarantined)
{
    /// <summary>The hour of an instant.</summary>
    public static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    /// <summary>Adds two volumes of one hour.</summary>
    public static HourVolume operator +(HourVolume a, HourVolume b) => new(a.Hour, a.Read + b.Read, a.Quarantined + b.Quarantined);

    /// <summary>Adds another volume of the hour.</summary>
    public HourVolume Add(HourVolume other) => this + other;
}
