using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Bodies;
using Penstock.Http.Commands;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;

namespace Penstock.Http.Operate;

/// <summary>The messages that couldn't be processed: look at them, mend them, send them again, throw them away.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="ledger">Lists them.</param>
/// <param name="desk">Works on them.</param>
public sealed class DeadLetterEndpoints(HttpEdge edge, CommandEdge commands, RunLedger ledger, DeadLetterDesk desk)
{
    /// <summary><c>GET /api/deadletters?queue=&amp;pipeline=&amp;limit=&amp;after=</c>: dead letters, the newest first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        PageQuery page = PageQuery.Read(request, errors);
        (string queue, string pipeline) = (request.Query["queue"].ToString(), request.Query["pipeline"].ToString());
        if (queue.Length > 0 && !QueueNames.All.Contains(queue))
            errors.Add(new ProblemError($"There is no queue '{queue}'. There are: {string.Join(", ", QueueNames.All)}.") { Parameter = "queue" });
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        Page<DeadLetter> taken = await NewestFirst.TakeAsync(
            ledger.ListDeadLettersAsync(cancellationToken).Where(letter => DeadLetterViews.IsOf(letter, queue, pipeline)), letter => new PagePlace(letter.At, letter.Id), page, cancellationToken);
        return ApiJson.Answer(new PageOfDeadLetters([.. taken.Items.Select(DeadLetterViews.Of)], taken.Next), ApiJson.Default.PageOfDeadLetters);
    });

    /// <summary><c>GET /api/deadletters/{queue}/{id}</c>: one, with an <c>ETag</c>.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string queue, string id, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await desk.FindAsync(queue, id, cancellationToken) is { } letter ? Show(letter) : Unknown(queue, id));

    /// <summary><c>PUT /api/deadletters/{queue}/{id}</c>: mends the message. Body: <c>{"message": {...}}</c>.</summary>
    public Task<IResult> PutAsync(HttpRequest request, string queue, string id, CancellationToken cancellationToken) =>
        ChangeAsync(request, new Command("EditDeadLetter"), queue, id, async (letter, body) =>
        {
            if (body.Any("message") is not { ValueKind: JsonValueKind.Object } message)
                return Wrong("'message' must be the whole message: an object.");
            byte[] bytes = Encoding.UTF8.GetBytes(message.GetRawText());
            if (body.Refusal() is { } refusal)
                return refusal;
            if (await desk.ProblemAsync(queue, bytes, cancellationToken) is { } problem)
                return Wrong(problem);
            return await desk.EditAsync(letter, bytes, cancellationToken) is { } edited ? Show(edited) : ETags.Changed($"The dead letter '{id}'");
        }, cancellationToken);

    /// <summary><c>POST /api/deadletters/{queue}/{id}/replay</c>: sends it again.</summary>
    public Task<IResult> ReplayAsync(HttpRequest request, string queue, string id, CancellationToken cancellationToken) =>
        ChangeAsync(request, new Command("ReplayDeadLetter"), queue, id, async (letter, body) =>
        {
            if (body.Refusal() is { } refusal)
                return refusal;
            await desk.ReplayAsync(letter, cancellationToken);
            return ApiJson.Answer(new DeadLettersDone(1), ApiJson.Default.DeadLettersDone, StatusCodes.Status202Accepted);
        }, cancellationToken);

    /// <summary><c>DELETE /api/deadletters/{queue}/{id}</c>: throws it away.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string queue, string id, CancellationToken cancellationToken) =>
        ChangeAsync(request, new Command("DiscardDeadLetter"), queue, id, async (letter, body) =>
        {
            if (body.Refusal() is { } refusal)
                return refusal;
            await desk.DiscardAsync(letter, cancellationToken);
            return ApiJson.Answer(new DeadLettersDone(1), ApiJson.Default.DeadLettersDone);
        }, cancellationToken);

    /// <summary><c>POST /api/deadletters/replay</c>: sends many again. Body: <c>{"queue"?, "pipeline"?, "ids"?, "all"?}</c>.</summary>
    public Task<IResult> ReplayManyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ManyAsync(request, "ReplayDeadLetters", desk.ReplayAsync, cancellationToken);

    /// <summary><c>POST /api/deadletters/discard</c>: throws many away. Body: <c>{"queue"?, "pipeline"?, "ids"?, "all"?}</c>.</summary>
    public Task<IResult> DiscardManyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ManyAsync(request, "DiscardDeadLetters", desk.DiscardAsync, cancellationToken);

    private Task<IResult> ChangeAsync(
        HttpRequest request, Command command, string queue, string id, Func<Document<DeadLetter>, RequestObject, Task<IResult>> change, CancellationToken cancellationToken) =>
        commands.RunAsync(request, command, async body =>
        {
            if (await desk.FindAsync(queue, id, cancellationToken) is not { } letter)
                return Unknown(queue, id);
            return ETags.IfMatch(request) is { } etag && etag != letter.ETag.Trim('"') ? ETags.Changed($"The dead letter '{id}'") : await change(letter, body);
        }, cancellationToken);

    private Task<IResult> ManyAsync(
        HttpRequest request, string action, Func<Document<DeadLetter>, CancellationToken, ValueTask> change, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command(action), async body =>
        {
            (string queue, string pipeline, var ids, bool isAll) =
                (body.OptionalText("queue", 63) ?? "", body.OptionalText("pipeline", 200) ?? "", body.Texts("ids"), body.Flag("all"));
            if (body.Refusal() is { } refusal)
                return refusal;
            if (queue.Length == 0 && pipeline.Length == 0 && ids.Count == 0 && !isAll)
                return new ProblemResult(ProblemTypes.Invalid.With("""Say which: by "queue", "pipeline" or "ids"; or {"all": true}."""));
            int done = 0;
            await foreach (DeadLetter listed in ledger.ListDeadLettersAsync(cancellationToken))
            {
                if (!DeadLetterViews.IsOf(listed, queue, pipeline) || (ids.Count > 0 && !ids.Contains(listed.Id))
                    || await desk.FindAsync(listed.Queue, listed.Id, cancellationToken) is not { } letter)
                    continue;
                await change(letter, cancellationToken);
                done++;
            }

            return ApiJson.Answer(new DeadLettersDone(done), ApiJson.Default.DeadLettersDone, StatusCodes.Status202Accepted);
        }, cancellationToken);

    private static JsonAnswer Show(Document<DeadLetter> letter) =>
        ApiJson.Answer(DeadLetterViews.Of(letter.Value), ApiJson.Default.DeadLetterView) with { ETag = letter.ETag.Trim('"') };

    private static ProblemResult Wrong(string detail) =>
        new(ProblemTypes.Invalid.With(detail) with { Errors = [new ProblemError(detail) { Pointer = "#/message" }] });

    private static ProblemResult Unknown(string queue, string id) =>
        new(ProblemTypes.UnknownDeadLetter.With($"There is no dead letter '{id}' of the queue '{queue}'. GET /api/deadletters lists them."));
}
