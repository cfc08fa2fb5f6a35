using Microsoft.AspNetCore.Http;
using Penstock.Http.Bodies;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Operate;

/// <summary>The backfills: start, follow, cancel.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="operate">Carries out commands.</param>
/// <param name="ledger">What happened.</param>
/// <param name="runs">Finds runs.</param>
public sealed class BackfillEndpoints(HttpEdge edge, OperateStage operate, RunLedger ledger, RunBook runs)
{
    private const int MaxKeyLength = 255;

    /// <summary>
    /// <c>POST /api/backfills</c>: begins a backfill. Body: <c>{"pipeline", "streams"?, "from", "to"}</c>; the window is <c>[from, to)</c>.
    /// With an <c>Idempotency-Key</c>, sending it again does it once. 202 with <c>Location</c>.
    /// </summary>
    public Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        (RequestObject? body, Problem? problem) = await JsonRequest.ReadAsync(request, cancellationToken);
        if (body is null)
            return new ProblemResult(problem!);
        // draft-ietf-httpapi-idempotency-key-header: a structured text, in quotes; most clients send it bare.
        string key = request.Headers["Idempotency-Key"].ToString().Trim().Trim('"');
        if (key.Length > MaxKeyLength)
            return new ProblemResult(ProblemTypes.BadRequest.With($"The Idempotency-Key is longer than {MaxKeyLength} characters. Use a shorter one, such as a UUID."));
        var start = new StartBackfill(
            body.Text("pipeline"), body.Texts("streams"), body.Instant("from"), body.Instant("to"), key.Length > 0 ? key : null);
        body.RefuseOthers();
        if (body.Errors.Count > 0)
            return new ProblemResult(ProblemTypes.Invalid.With("Mend what 'errors' names, and send it again.") with { Errors = body.Errors });
        OperateOutcome outcome = await operate.RunAsync(start, cancellationToken);
        if (outcome is not BackfillStarted { Backfill: var backfill })
            return OperateAnswers.Of(outcome, ProblemTypes.UnknownPipeline);
        request.HttpContext.Response.Headers.Location = RunViews.UrlOf(backfill);
        return ApiJson.Answer(await ShowAsync(backfill, withCounts: false, cancellationToken), ApiJson.Default.BackfillView, StatusCodes.Status202Accepted);
    });

    /// <summary><c>GET /api/backfills?limit=&amp;after=</c>: backfills, the newest first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        PageQuery page = PageQuery.Read(request, errors);
        if (errors.Count > 0)
            return new ProblemResult(ProblemTypes.BadRequest.With("Mend the parameters that 'errors' names.") with { Errors = errors });
        Page<Backfill> taken = await NewestFirst.TakeAsync(
            ledger.ListBackfillsAsync(cancellationToken), backfill => new PagePlace(backfill.RequestedAt, backfill.Id), page, cancellationToken);
        var views = new List<BackfillView>(taken.Items.Count);
        foreach (Backfill backfill in taken.Items)
            views.Add(await ShowAsync(backfill, withCounts: false, cancellationToken));
        return ApiJson.Answer(new PageOfBackfills(views, taken.Next), ApiJson.Default.PageOfBackfills);
    });

    /// <summary><c>GET /api/backfills/{id}</c>: one backfill with its runs and their counts.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await ledger.FindBackfillAsync(id, cancellationToken) is { } backfill
            ? ApiJson.Answer(await ShowAsync(backfill, withCounts: true, cancellationToken), ApiJson.Default.BackfillView)
            : new ProblemResult(ProblemTypes.UnknownBackfill.With($"There is no backfill '{id}'. GET /api/backfills lists them.")));

    /// <summary><c>POST /api/backfills/{id}/cancel</c> or <c>DELETE /api/backfills/{id}</c>: stops it. What is landed stays and is curated.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, string id, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        OperateOutcome outcome = await operate.RunAsync(new CancelBackfill(id), cancellationToken);
        return outcome is BackfillCancelled { Backfill: var backfill }
            ? ApiJson.Answer(await ShowAsync(backfill, withCounts: true, cancellationToken), ApiJson.Default.BackfillView)
            : OperateAnswers.Of(outcome, ProblemTypes.UnknownBackfill);
    });

    private async ValueTask<BackfillView> ShowAsync(Backfill backfill, bool withCounts, CancellationToken cancellationToken)
    {
        var views = new List<RunView>(backfill.Streams.Count);
        foreach (string stream in backfill.Streams)
        {
            if (await runs.FindAsync(backfill.Pipeline, stream, backfill.RunId, cancellationToken) is { Value: var run })
                views.Add(RunViews.Of(run, withCounts ? await ledger.CountAsync(run, cancellationToken) : null));
        }

        return RunViews.Of(backfill, views);
    }
}
