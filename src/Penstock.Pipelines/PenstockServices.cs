using Microsoft.Extensions.DependencyInjection;
using Penstock.Pipelines.Catalogue;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Inference;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.Auditing;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Envelopes;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Quality;
using Penstock.Pipelines.Quality.Sets;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Refreshes;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Shaping;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Transforming.Steps;
using Penstock.Pipelines.Watching;
using Penstock.Pipelines.Watching.Figures;
using Penstock.Pipelines.Watching.Notices;

namespace Penstock.Pipelines;

/// <summary>Registers the stages. Ports, catalogue, opener, clock, ids and logging come from the host.</summary>
public static class PenstockServices
{
    /// <summary>
    /// Adds the stages and what they are made of. The host adds <c>IBlobStore</c>, <c>IWorkQueue</c>, <c>ICuratedStore</c>,
    /// <c>ISecretStore</c>, <see cref="IPipelineCatalog"/>, <see cref="IStreamOpener"/>, <c>IIdSource</c> and <c>TimeProvider</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="extract">How Extract works; null for the defaults.</param>
    /// <param name="erasures">How Erase works; null for the defaults.</param>
    public static IServiceCollection AddPenstock(this IServiceCollection services, ExtractOptions? extract = null, ErasureOptions? erasures = null) => services
        .AddSingleton(extract ?? new ExtractOptions())
        .AddSingleton(new TransformOptions())
        .AddSingleton<DocumentStore>()
        .AddSingleton<WorkSender>()
        .AddSingleton<WorkReader>()
        .AddSingleton<PulseBook>()
        .AddSingleton<RunHistory>()
        .AddSingleton<RunIndex>()
        .AddSingleton<RunBook>()
        .AddSingleton<RunPlanner>()
        .AddSingleton<RefreshDifference>()
        .AddSingleton<RunRefresh>()
        .AddSingleton<RunFinisher>()
        .AddSingleton<SliceBook>()
        .AddSingleton<SliceList>()
        .AddSingleton<SliceLanes>()
        .AddSingleton<PauseBook>()
        .AddSingleton<ActivityLog>()
        .AddSingleton<KeyedRequests>()
        .AddSingleton<BackfillBook>()
        .AddSingleton<BackfillLedger>()
        .AddSingleton<BackfillEstimator>()
        .AddSingleton<BackfillPricing>()
        .AddSingleton<RawBlobs>()
        .AddSingleton(new ReplayOptions())
        .AddSingleton<ReplayBook>()
        .AddSingleton<ReplayTrial>()
        .AddSingleton<StateBook>()
        .AddSingleton<DeadLetterDesk>()
        .AddSingleton<SliceEnds>()
        .AddSingleton<IdentitySource>()
        .AddSingleton<IRecordStepSource, GoneStepSource>()
        .AddSingleton<IRecordStepSource, EnvelopeStepSource>()
        .AddSingleton<IRecordStepSource, ShapeStepSource>()
        .AddSingleton<IRecordStepSource, DeleteStepSource>()
        .AddSingleton<DriftBook>()
        .AddSingleton<QualityBook>()
        .AddSingleton<SetBook>()
        .AddSingleton<SetSummer>()
        .AddSingleton<IRecordStepSource, ContractStepSource>()
        .AddPrivacy(erasures ?? new ErasureOptions())
        .AddSingleton<StreamTransforms>()
        .AddSingleton<StreamProfiler>()
        .AddSingleton<PlanStage>()
        .AddSingleton<PlanClock>()
        .AddSingleton<ExtractStage>()
        .AddSingleton<ReceiveStage>()
        .AddSingleton<HubReceiver>()
        .AddSingleton<TransformStage>()
        .AddSingleton<OperateStage>()
        .AddSingleton<WatchStage>()
        .AddMetering()
        .AddLineage()
        .AddSingleton<SampleReader>()
        .AddSingleton<CatalogReader>()
        .AddSingleton<CostReader>()
        .AddSingleton(provider => provider.GetRequiredService<IPipelineCatalog>() as IPriceList ?? new DefaultPrices())
        .AddSingleton<WorkObserver>()
        .AddSingleton<WorkDispatcher>()
        .AddSingleton<DeadLetterOffice>()
        .AddSingleton<RunLedger>()
        .AddSingleton<BudgetLedger>()
        .AddSingleton<ConsistencyAudit>()
        .AddSingleton<AlertBook>()
        .AddSingleton(AlertOptions.FromEnvironment())
        .AddSingleton<Alerting>()
        .AddSingleton<FigureBook>()
        .AddSingleton<IMonitor, FigureCollector>()
        .AddSingleton<IMonitor, RunCollector>()
        .AddSingleton<IMonitor, FreshnessMonitor>()
        .AddSingleton<IMonitor, ScheduleMonitor>()
        .AddSingleton<IMonitor, QuarantineMonitor>()
        .AddSingleton<IMonitor, RefreshMonitor>()
        .AddSingleton<IMonitor, RuleMonitor>()
        .AddSingleton<IMonitor, DriftMonitor>()
        .AddSingleton<IMonitor, VolumeMonitor>()
        .AddSingleton<IMonitor, ColumnMonitor>()
        .AddSingleton<IMonitor, DeadLetterMonitor>()
        .AddSingleton<IMonitor, LostMessageMonitor>()
        .AddSingleton<IMonitor, ReceivedMonitor>()
        .AddSingleton<IMonitor, OrphanMonitor>()
        .AddSingleton<RemovedStreams>()
        .AddSingleton<IMonitor, RemovedStreamMonitor>()
        .AddSingleton<IMonitor, KeyedRequestMonitor>()
        .AddNotices();
}
