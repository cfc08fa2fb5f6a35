using System.Text.Json.Serialization;
using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Quality;
using Penstock.Pipelines.Quality.Sets;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Watching.Figures;
using Penstock.Pipelines.Watching.Notices;

namespace Penstock.Pipelines.Documents;

/// <summary>How documents and messages are written as JSON: camelCase, enums by name, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(PlanBatch))]
[JsonSerializable(typeof(SliceDocument))]
[JsonSerializable(typeof(BatchProgress))]
[JsonSerializable(typeof(StreamDocument))]
[JsonSerializable(typeof(CursorShard))]
[JsonSerializable(typeof(BudgetState))]
[JsonSerializable(typeof(OpenRunMarker))]
[JsonSerializable(typeof(Backfill))]
[JsonSerializable(typeof(StreamHistory))]
[JsonSerializable(typeof(PipelinePulse))]
[JsonSerializable(typeof(PipelinePause))]
[JsonSerializable(typeof(Replay))]
[JsonSerializable(typeof(OpenReplay))]
[JsonSerializable(typeof(ReplayBatch))]
[JsonSerializable(typeof(ReplayProgress))]
[JsonSerializable(typeof(ActivityEntry))]
[JsonSerializable(typeof(KeyedRequest))]
[JsonSerializable(typeof(TickChain))]
[JsonSerializable(typeof(TransformEntry))]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(ErasureFinding))]
[JsonSerializable(typeof(EraseMessage))]
[JsonSerializable(typeof(LineageNote))]
[JsonSerializable(typeof(ToldHours))]
[JsonSerializable(typeof(ErasureStamp))]
[JsonSerializable(typeof(SubjectDataKey))]
[JsonSerializable(typeof(ExtractMessage))]
[JsonSerializable(typeof(TransformMessage))]
[JsonSerializable(typeof(TickMessage))]
[JsonSerializable(typeof(MessageReference))]
[JsonSerializable(typeof(StreamSchema))]
[JsonSerializable(typeof(BlobQuality))]
[JsonSerializable(typeof(StreamFigures))]
[JsonSerializable(typeof(BlobSet))]
[JsonSerializable(typeof(RunSet))]
[JsonSerializable(typeof(AwaitedRuns))]
[JsonSerializable(typeof(Notice))]
internal sealed partial class DocumentJson : JsonSerializerContext;
