using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using static Penstock.Pipelines.Telemetry.TelemetryNames;

namespace Penstock.Pipelines.Telemetry;

/// <summary>The metrics. Seconds are seconds, bytes are bytes; what is counted is in the unit's braces, as OpenTelemetry has it.</summary>
public static class Instruments
{
    // An instance that doesn't watch any more mustn't tell old ages for ever.
    private static readonly TimeSpan Current = TimeSpan.FromMinutes(15);
    private static readonly Meter Meter = new(TelemetryNames.Source);
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400],
    };

    private static readonly Counter<long> Records = Meter.CreateCounter<long>(Metrics.Records, "{record}", "Records by what became of them.");
    private static readonly Counter<long> RawBytes = Meter.CreateCounter<long>(Metrics.RawBytes, "By", "Bytes landed, compressed.");
    private static readonly Counter<long> SourceCalls = Meter.CreateCounter<long>(Metrics.SourceCalls, "{call}", "Calls to sources; throttled ones were refused with 429 or its like.");
    private static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>(Metrics.DeadLetters, "{message}", "Messages that became dead letters.");
    private static readonly Counter<long> StoreOperations = Meter.CreateCounter<long>(Metrics.StoreOperations, "{operation}", "Operations on blobs and queues.");
    private static readonly Counter<double> RequestUnits = Meter.CreateCounter<double>(Metrics.RequestUnits, "{request_unit}", "Request units of Cosmos DB.");
    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram(Metrics.RunDuration, "s", "From a run's beginning to its end.", advice: Seconds);
    private static readonly Histogram<double> SliceDuration = Meter.CreateHistogram(Metrics.SliceDuration, "s", "One execution of Extract.", advice: Seconds);
    private static readonly Histogram<double> TransformDuration = Meter.CreateHistogram(Metrics.TransformDuration, "s", "One execution of Transform.", advice: Seconds);
    private static readonly Histogram<double> Lag = Meter.CreateHistogram(Metrics.Lag, "s", "From taken from the source, or enqueued, to curated.", advice: Seconds);
    private static readonly Histogram<double> QueueWait = Meter.CreateHistogram(Metrics.QueueWait, "s", "From due to worked on: how far a queue is behind.", advice: Seconds);
    private static readonly ConcurrentDictionary<(string Pipeline, string Stream), Age> Ages = new();

    static Instruments()
    {
        Meter.CreateObservableGauge(Metrics.Freshness, () => Observe(age => age.Seconds), "s", "The age of a stream's newest complete data, where a promise is made.");
        Meter.CreateObservableGauge(Metrics.FreshnessUsed, () => Observe(age => age.Seconds / age.Promised), "1", "That age as a part of what is promised; above 1 the promise is broken.");
    }

    /// <summary>Records were landed and committed.</summary>
    public static void Landed(string pipeline, string stream, LandedBlob blob)
    {
        Count(pipeline, stream, "landed", blob.Records);
        RawBytes.Add(blob.Bytes, Of(pipeline, stream));
    }

    /// <summary>Pushed records were landed.</summary>
    public static void Received(string pipeline, string stream, int records, int bytes)
    {
        Count(pipeline, stream, "received", records);
        RawBytes.Add(bytes, Of(pipeline, stream));
    }

    /// <summary>Calls were made to a source.</summary>
    public static void Called(string pipeline, string stream, int made, int throttled)
    {
        if (made > throttled)
            SourceCalls.Add(made - throttled, Of(pipeline, stream, Attributes.Outcome, "answered"));
        if (throttled > 0)
            SourceCalls.Add(throttled, Of(pipeline, stream, Attributes.Outcome, "throttled"));
    }

    /// <summary>A raw blob was curated.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="entry">The counts.</param>
    /// <param name="takenAt">When its records were taken from the source; null if its name doesn't say.</param>
    public static void Curated(string pipeline, string stream, TransformEntry entry, DateTimeOffset? takenAt)
    {
        Count(pipeline, stream, "curated", entry.Curated - entry.Stale);
        Count(pipeline, stream, "stale", entry.Stale);
        Count(pipeline, stream, "quarantined", entry.Quarantined);
        Count(pipeline, stream, "filtered", entry.Filtered);
        // A replay's lag says nothing about how far behind the stream is.
        if (entry.Replay is null && takenAt is { } taken)
            Lag.Record(Math.Max(0, (entry.At - taken).TotalSeconds), Of(pipeline, stream));
    }

    /// <summary>A run has ended.</summary>
    public static void Ended(Run run, RunStatus status, TimeSpan took) => RunDuration.Record(
        took.TotalSeconds,
        [.. Of(run.Pipeline, run.Stream, Attributes.RunStatus, status.ToString().ToLowerInvariant()), KeyValuePair.Create(Attributes.RunKind, (object?)run.Kind.ToString().ToLowerInvariant())]);

    /// <summary>An extract message was worked on.</summary>
    public static void Extracted(string pipeline, string stream, string outcome, TimeSpan took) =>
        SliceDuration.Record(took.TotalSeconds, Of(pipeline, stream, Attributes.Outcome, outcome));

    /// <summary>A transform message was worked on.</summary>
    public static void Transformed(string pipeline, string stream, string outcome, TimeSpan took) =>
        TransformDuration.Record(took.TotalSeconds, Of(pipeline, stream, Attributes.Outcome, outcome));

    /// <summary>A message waited in its queue after it was due.</summary>
    public static void Waited(string queue, TimeSpan wait) =>
        QueueWait.Record(Math.Max(0, wait.TotalSeconds), KeyValuePair.Create(Attributes.Queue, (object?)queue));

    /// <summary>A message became a dead letter.</summary>
    public static void GivenUp(string queue) => DeadLetters.Add(1, KeyValuePair.Create(Attributes.Queue, (object?)queue));

    /// <summary>A store or a queue was asked.</summary>
    public static void Operated(string operation) => StoreOperations.Add(1, KeyValuePair.Create(Attributes.Operation, (object?)operation));

    /// <summary>Cosmos DB charged for a call.</summary>
    public static void Charged(double requestUnits) => RequestUnits.Add(requestUnits);

    /// <summary>How old a stream's newest complete data is; told until it is 15 minutes old.</summary>
    public static void Fresh(string pipeline, string stream, TimeSpan age, TimeSpan promised) =>
        Ages[(pipeline, stream)] = new Age(age.TotalSeconds, promised.TotalSeconds, Stopwatch.GetTimestamp());

    private static void Count(string pipeline, string stream, string outcome, long records)
    {
        if (records > 0)
            Records.Add(records, Of(pipeline, stream, Attributes.Outcome, outcome));
    }

    private static IEnumerable<Measurement<double>> Observe(Func<Age, double> value) =>
        from age in Ages
        where Stopwatch.GetElapsedTime(age.Value.At) < Current
        select new Measurement<double>(value(age.Value), Of(age.Key.Pipeline, age.Key.Stream));

    private static KeyValuePair<string, object?>[] Of(string pipeline, string stream) =>
        [KeyValuePair.Create(Attributes.Pipeline, (object?)pipeline), KeyValuePair.Create(Attributes.Stream, (object?)stream)];

    private static KeyValuePair<string, object?>[] Of(string pipeline, string stream, string key, string value) =>
        [.. Of(pipeline, stream), KeyValuePair.Create(key, (object?)value)];

    private sealed record Age(double Seconds, double Promised, long At);
}
