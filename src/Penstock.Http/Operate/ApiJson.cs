using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Operate.Activity;
using Penstock.Http.Operate.Budgets;
using Penstock.Http.Operate.Overview;
using Penstock.Http.Operate.Replays;
using Penstock.Pipelines.Auditing;
using Penstock.Pipelines.Replays;

namespace Penstock.Http.Operate;

/// <summary>How the API writes JSON: camelCase, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(PipelineView))]
[JsonSerializable(typeof(PipelineList))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(StreamHealthList))]
[JsonSerializable(typeof(PageOfSlices))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(BackfillRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(BackfillEstimateView))]
[JsonSerializable(typeof(PageOfActivity))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(PageOfReplays))]
[JsonSerializable(typeof(ReplayOutlook))]
[JsonSerializable(typeof(BudgetView))]
[JsonSerializable(typeof(PageOfBudgets))]
[JsonSerializable(typeof(BudgetPauseRequest))]
[JsonSerializable(typeof(DeadLetterRequest))]
[JsonSerializable(typeof(DeadLettersRequest))]
[JsonSerializable(typeof(DeadLettersDone))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(RunsStarted))]
[JsonSerializable(typeof(BackfillView))]
[JsonSerializable(typeof(PageOfRuns))]
[JsonSerializable(typeof(PageOfBackfills))]
[JsonSerializable(typeof(PageOfDeadLetters))]
[JsonSerializable(typeof(ErasureRequest))]
[JsonSerializable(typeof(ErasureView))]
[JsonSerializable(typeof(PageOfErasures))]
[JsonSerializable(typeof(PageOfErasureFindings))]
[JsonSerializable(typeof(QuarantineRequest))]
[JsonSerializable(typeof(QuarantinedView))]
[JsonSerializable(typeof(PageOfQuarantined))]
[JsonSerializable(typeof(QuarantineReplayView))]
[JsonSerializable(typeof(QuarantineDiscardView))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The same without line breaks, for answers whose size counts.</summary>
    public static ApiJson Compact => field ??= new(new JsonSerializerOptions(Default.Options) { WriteIndented = false });

    /// <summary>Answers with JSON.</summary>
    public static JsonAnswer Answer<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
