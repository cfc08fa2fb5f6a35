using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Operate.Overview;

/// <summary>Reads how everything is, from one small document a pipeline and from listings.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="runs">Pulses and open runs.</param>
/// <param name="blobs">Listings.</param>
/// <param name="documents">Alerts.</param>
/// <param name="budgets">What each credential has used.</param>
/// <param name="prices">What things cost.</param>
/// <param name="time">The clock.</param>
public sealed class OverviewReader(OperatedPipelines catalog, RunIndex runs, IBlobStore blobs, DocumentStore documents, BudgetLedger budgets, IPriceList prices, TimeProvider time)
{
    private readonly DocumentFolder<Alert> _alerts = new(blobs, documents, Alert.Folder);
    private readonly Lock _lock = new();
    private Task? _ahead;

    /// <summary>
    /// Reads everything once before anybody asks: from then on only what has changed is read. A host calls it when somebody is
    /// about to look; again, it does nothing.
    /// </summary>
    /// <returns>Ends when everything is read, or can't be: whoever looks hears why.</returns>
    public Task ReadAheadAsync()
    {
        lock (_lock)
            return _ahead ??= Task.Run(TryAsync);

        async Task TryAsync()
        {
            try
            {
                // Writing it once compiles what writes it.
                ApiJson.Answer(await ReadNowAsync(CancellationToken.None), ApiJson.Compact.OverviewView);
            }
            catch (Exception)
            {
                // It is read again, and told, when somebody asks.
            }
        }
    }

    /// <summary>Reads it all.</summary>
    internal async Task<OverviewView> ReadAsync(CancellationToken cancellationToken)
    {
        // Reading it all twice at the same time would take twice as long.
        if (_ahead is { IsCompleted: false } ahead)
            await ahead.WaitAsync(cancellationToken);
        return await ReadNowAsync(cancellationToken);
    }

    private async Task<OverviewView> ReadNowAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var entries = await catalog.ListAsync(cancellationToken);
        var pulses = await runs.PulsesAsync(cancellationToken);
        IReadOnlyList<OpenRunMarker> open = await runs.OpenAsync(cancellationToken: cancellationToken);
        var alerts = await AlertsAsync(cancellationToken);
        var used = await budgets.ListAsync(cancellationToken).ToDictionaryAsync(budget => budget.Credential, StringComparer.Ordinal, cancellationToken);
        var openOf = open.CountBy(marker => marker.Pipeline).ToDictionary(StringComparer.Ordinal);
        var alertsOf = alerts.CountBy(alert => alert.Subject.Split('/')[0]).ToDictionary(StringComparer.Ordinal);
        Prices? list = await PricesAsync(cancellationToken);
        PipelineHealthView[] pipelines = [.. entries.Select(entry => PipelineHealth.Of(
            entry, pulses.GetValueOrDefault(PipelinePulse.NameFor(entry.Name), PipelinePulse.Empty), openOf.GetValueOrDefault(entry.Name), alertsOf.GetValueOrDefault(entry.Name), used, list, now))];
        OverviewTotals totals = Totals(pipelines, open.Count, await CountDeadLettersAsync(cancellationToken), alerts.Count);
        return new OverviewView(now, totals with { Cost7d = list is null ? null : pipelines.Sum(pipeline => pipeline.Cost7d ?? 0), Currency = list?.Currency }, pipelines, alerts);
    }

    /// <summary>Reads the streams of one pipeline.</summary>
    internal async Task<StreamHealthList> ReadAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        PipelinePulse pulse = (await documents.FindAsync<PipelinePulse>(PipelinePulse.NameFor(pipeline.Name), cancellationToken))?.Value ?? PipelinePulse.Empty;
        var active = (await runs.OpenAsync(pipeline.Name, cancellationToken))
            .Where(marker => marker.Kind == RunKind.Incremental).DistinctBy(marker => marker.Stream).ToDictionary(marker => marker.Stream, marker => marker.Run, StringComparer.Ordinal);
        return new StreamHealthList([.. pipeline.Streams.Select(stream => new StreamHealth(stream, pulse.Of(stream.Name), now).View(pipeline.Name, active.GetValueOrDefault(stream.Name)))]);
    }

    /// <summary>The alerts that aren't over.</summary>
    internal async Task<IReadOnlyList<AlertView>> AlertsAsync(CancellationToken cancellationToken) =>
        [.. (await _alerts.ReadAsync(cancellationToken)).Select(alert => new AlertView(alert.Value.Kind, alert.Value.Subject, alert.Value.Message, alert.Value.Since))];

    /// <summary>How many dead letters there are.</summary>
    internal async Task<int> CountDeadLettersAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (BlobEntry _ in blobs.ListAsync(DeadLetter.Folder, cancellationToken))
            count++;
        return count;
    }

    // A broken price list is told where costs are asked for; everything else is shown all the same.
    private async ValueTask<Prices?> PricesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await prices.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static OverviewTotals Totals(PipelineHealthView[] pipelines, int openRuns, int deadLetters, int alerts)
    {
        var health = pipelines.CountBy(pipeline => pipeline.Health).ToDictionary(StringComparer.Ordinal);
        return new OverviewTotals
        {
            Pipelines = pipelines.Length,
            Streams = pipelines.Sum(pipeline => pipeline.Streams),
            Ok = health.GetValueOrDefault(HealthNames.Ok),
            Late = health.GetValueOrDefault(HealthNames.Late),
            Failing = health.GetValueOrDefault(HealthNames.Failing),
            Paused = health.GetValueOrDefault(HealthNames.Paused),
            Broken = health.GetValueOrDefault(HealthNames.Broken),
            Idle = health.GetValueOrDefault(HealthNames.Idle),
            OpenRuns = openRuns,
            DeadLetters = deadLetters,
            Alerts = alerts,
            Read24h = pipelines.Sum(pipeline => pipeline.Read24h),
            Quarantined24h = pipelines.Sum(pipeline => pipeline.Quarantined24h),
        };
    }
}
