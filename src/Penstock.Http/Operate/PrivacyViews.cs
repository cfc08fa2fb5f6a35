using System.Text.Json;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Quarantine;

namespace Penstock.Http.Operate;

/// <summary>The body of an erasure: the subject is a name, or names by kind (a text or an array of texts each).</summary>
internal sealed record ErasureRequest(JsonElement Subject);

internal sealed record ErasureView(
    string Id, string Status, IReadOnlyList<string> Kinds, DateTimeOffset RequestedAt, DateTimeOffset? CompletedAt, int Sweep, string? Remark,
    IReadOnlyList<string> Searched, IReadOnlyList<string> NotSearched, IReadOnlyList<ErasureCountView>? Found)
{
    public static ErasureView Of(Erasure erasure, IReadOnlyList<ErasureCount>? counts) => new(
        erasure.Id, erasure.Status.ToString().ToLowerInvariant(), erasure.Kinds, erasure.RequestedAt, erasure.CompletedAt, erasure.Sweep, erasure.Remark,
        erasure.Searched, erasure.NotSearched, counts is null ? null : [.. counts.Select(count => new ErasureCountView(count.Store, count.Action, count.Records, count.Items))]);
}

internal sealed record ErasureCountView(string Store, string Action, long Records, long Places);

internal sealed record ErasureFindingView(
    string Store, string Place, string Action, long Records, long? Shredded, string? Sha256Before, string? Sha256After, DateTimeOffset At);

internal sealed record PageOfErasures(IReadOnlyList<ErasureView> Items, string? Next);

internal sealed record PageOfErasureFindings(IReadOnlyList<ErasureFindingView> Items, string? Next);

/// <summary>Which quarantined records are meant; a pipeline, or ids.</summary>
internal sealed record QuarantineRequest(string? Pipeline, string? Stream, string? Rule, IReadOnlyList<string>? Ids);

internal sealed record QuarantinedView(
    string Id, string Pipeline, string Stream, string Rule, string Path, string Reason, string Blob, long Line, DateTimeOffset TakenAt,
    JsonElement? Record, string? Text)
{
    public static QuarantinedView Of(QuarantinedRecord record, bool withContent) => new(
        record.Id, record.Pipeline, record.Stream, record.Rule, record.Path, record.Reason, record.Blob, record.Line, record.TakenAt,
        withContent ? record.Record : null, withContent ? record.Text : null);
}

internal sealed record PageOfQuarantined(IReadOnlyList<QuarantinedView> Items, string? Next);

internal sealed record QuarantineReplayView(string Replay, int Records, int Blobs);

internal sealed record QuarantineDiscardView(int Discarded);
