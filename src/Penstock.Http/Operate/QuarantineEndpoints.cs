using Microsoft.AspNetCore.Http;
using Penstock.Http.Bodies;
using Penstock.Http.Commands;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Quarantine;

namespace Penstock.Http.Operate;

/// <summary>The records that were set aside: list, inspect, replay, discard.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="shelf">The records.</param>
/// <param name="desk">Replays and discards.</param>
public sealed class QuarantineEndpoints(HttpEdge edge, CommandEdge commands, QuarantineShelf shelf, QuarantineDesk desk)
{
    /// <summary><c>GET /api/quarantine?pipeline=&amp;stream=&amp;rule=&amp;limit=&amp;after=</c>: records without their content, those of the newest raw blob of each stream first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        string after = request.Query["after"].ToString();
        int limit = PageQuery.ReadLimit(request, errors);
        var filter = new QuarantineFilter(Query(request, "pipeline"), Query(request, "stream"), Query(request, "rule"));
        if (filter is { Stream: not null, Pipeline: null })
            errors.Add(new ProblemError("A stream belongs to a pipeline. Give 'pipeline' too.") { Parameter = "stream" });
        if (after.Length > 0 && QuarantinedRecord.Parse(after) is null)
            errors.Add(new ProblemError("It isn't the 'next' of a page. Leave it out to begin with the first page.") { Parameter = "after" });
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;

        List<QuarantinedRecord> records = await shelf.ListAsync(filter, after.Length > 0 ? after : null, cancellationToken).Take(limit + 1).ToListAsync(cancellationToken);
        string? next = records.Count > limit ? records[limit - 1].Id : null;
        return ApiJson.Answer(new PageOfQuarantined([.. records.Take(limit).Select(record => QuarantinedView.Of(record, withContent: false))], next), ApiJson.Default.PageOfQuarantined);
    });

    /// <summary><c>GET /api/quarantine/{id}</c>: one record with its content, masked as its stream says.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await shelf.FindAsync(id, cancellationToken) is { } record
            ? ApiJson.Answer(QuarantinedView.Of(record, withContent: true), ApiJson.Default.QuarantinedView)
            : Unknown(id));

    /// <summary><c>POST /api/quarantine/replay</c>: transforms just those records again. Body: <c>{"pipeline"?, "stream"?, "rule"?, "ids"?}</c>. 202.</summary>
    public Task<IResult> ReplayAsync(HttpRequest request, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("ReplayQuarantine"), async body =>
        {
            QuarantineFilter filter = FilterOf(body);
            if (body.Refusal() is { } refusal)
                return refusal;
            QuarantineReplay replay = await desk.ReplayAsync(filter, cancellationToken);
            return ApiJson.Answer(new QuarantineReplayView(replay.Id, replay.Records, replay.Blobs), ApiJson.Default.QuarantineReplayView, StatusCodes.Status202Accepted);
        }, cancellationToken);

    /// <summary><c>POST /api/quarantine/discard</c>: throws records away. Body as for a replay.</summary>
    public Task<IResult> DiscardAsync(HttpRequest request, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("DiscardQuarantine"), async body =>
        {
            QuarantineFilter filter = FilterOf(body);
            return body.Refusal() is { } refusal ? refusal : Discarded(await desk.DiscardAsync(filter, cancellationToken));
        }, cancellationToken);

    /// <summary><c>DELETE /api/quarantine/{id}</c>: throws one record away; again: the same answer.</summary>
    public Task<IResult> DiscardOneAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("DiscardQuarantined"), async body => body.Refusal() is { } refusal
            ? refusal
            : QuarantinedRecord.Parse(id) is null ? Unknown(id) : Discarded(await desk.DiscardAsync(new QuarantineFilter(Ids: [id]), cancellationToken)), cancellationToken);

    private static QuarantineFilter FilterOf(RequestObject body)
    {
        IReadOnlyList<string> ids = body.Texts("ids");
        var filter = new QuarantineFilter(body.OptionalText("pipeline", 200), body.OptionalText("stream", 200), body.OptionalText("rule", 200), ids.Count > 0 ? ids : null);
        if (filter is { Pipeline: null, Ids: null })
            body.Refuse("pipeline", "Say which: a 'pipeline', or 'ids'.");
        return filter;
    }

    private static JsonAnswer Discarded(int discarded) => ApiJson.Answer(new QuarantineDiscardView(discarded), ApiJson.Default.QuarantineDiscardView);

    private static string? Query(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    private static ProblemResult Unknown(string id) =>
        new(ProblemTypes.UnknownQuarantined.With($"There is no record '{id}' in quarantine, or not any more. GET /api/quarantine lists them."));
}
