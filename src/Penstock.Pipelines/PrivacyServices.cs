using Microsoft.Extensions.DependencyInjection;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Lake;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Retention;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Transforming.Steps;
using Penstock.Pipelines.Watching;

namespace Penstock.Pipelines;

/// <summary>Registers what keeps personal data where it belongs: masks, subjects, erasures, quarantine.</summary>
internal static class PrivacyServices
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services, ErasureOptions erasures) => services
        .AddSingleton<MaskKeySource>()
        .AddSingleton<IRecordStepSource, MaskStepSource>()
        .AddSingleton<ErasureRegister>()
        .AddSingleton<SubjectKeySource>()
        .AddSingleton<SubjectKeyring>()
        .AddSingleton<LandingGate>()
        .AddSingleton<SubjectStepSource>()
        .AddSingleton<IRecordStepSource>(provider => provider.GetRequiredService<SubjectStepSource>())
        .AddSingleton<QuarantineShelf>()
        .AddSingleton<QuarantineEdit>()
        .AddSingleton<QuarantineDesk>()
        .AddSingleton(erasures)
        .AddSingleton<ErasureBook>()
        .AddSingleton<ErasureDesk>()
        .AddSingleton<CuratedTrace>()
        .AddSingleton<CuratedSweep>()
        .AddSingleton<LakeFile>()
        .AddSingleton<LakeSweep>()
        .AddSingleton<QuarantineSweep>()
        .AddSingleton<MessageSweep>()
        .AddSingleton<RawSweep>()
        .AddSingleton<ErasurePlan>()
        .AddSingleton(provider => new EraseStage(
            provider.GetRequiredService<IPipelineCatalog>(), provider.GetRequiredService<ErasureRegister>(), provider.GetRequiredService<SubjectKeySource>(),
            provider.GetRequiredService<ErasureBook>(), provider.GetRequiredService<ErasurePlan>(), provider.GetRequiredService<RemovedStreams>(),
            provider.GetRequiredService<WorkSender>(), erasures, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IMonitor, RetentionMonitor>()
        .AddSingleton<ErasureMonitor>()
        .AddSingleton<IMonitor>(provider => provider.GetRequiredService<ErasureMonitor>());
}
