using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Http;
using Penstock.Connectors.Recording;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Protocol;

/// <summary>How a command of the Airbyte protocol runs: what its command line says.</summary>
public sealed record AirbyteSettings
{
    /// <summary>
    /// What counts as now; the clock then stands still, and limits that need a moving clock aren't kept. For comparing runs.
    /// Null, the default, is the system's clock.
    /// </summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>No wait is longer than this, whatever the source asks: for simulated sources. Null, the default, keeps every wait.</summary>
    public TimeSpan? MaxWait { get; init; }

    /// <summary>Which hosts may be called; any with a public address by default.</summary>
    public HostPolicy Hosts { get; init; } = HostPolicy.AnyPublic;

    /// <summary>The seed of chance (jitter, ids).</summary>
    public required int Seed { get; init; }

    /// <summary>Gets warnings. Nowhere by default.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Records calls, or replays them; null, the default, only calls.</summary>
    public ConnectorRecording? Recording { get; init; }

    /// <summary>The options that a connector is opened with.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="config">Its config as a JSON object in UTF-8.</param>
    public ConnectorOptions ToOptions(Connector connector, ReadOnlySpan<byte> config)
    {
        var frozen = Now ?? Recording?.Now;
        TimeProvider time = frozen is { } now ? new FixedTime(now) : TimeProvider.System;
        return new ConnectorOptions
        {
            Hosts = Hosts,
            Transport = Recording?.Transport(connector, config, Hosts),
            Time = time,
            Random = new Random(Seed),
            Budget = frozen is null ? null : _ => NoBudget.Instance,
            // A command has the whole process to itself: it waits in place.
            Reading = new ReadingOptions { WaitCap = Recording is { IsReplay: true } ? TimeSpan.Zero : MaxWait, MaxInlineWait = TimeSpan.FromDays(1) },
            Logger = Logger,
        };
    }

    private sealed class NoBudget : IRateBudget
    {
        public static NoBudget Instance { get; } = new();

        public ValueTask<BudgetAnswer> AskAsync(Call call, CancellationToken cancellationToken = default) => ValueTask.FromResult<BudgetAnswer>(Granted.Instance);

        public ValueTask LearnAsync(Call call, SourceAnswer answer, CancellationToken cancellationToken = default) => default;
    }
}
