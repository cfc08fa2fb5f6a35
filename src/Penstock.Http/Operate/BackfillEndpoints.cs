using Microsoft.AspNetCore.Http;
using Penstock.Http.Bodies;
using Penstock.Http.Commands;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Operate;

/// <summary>The backfills: try, start, follow, pause, resume, cancel.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="operate">Carries out commands.</param>
/// <param name="backfills">How far they are.</param>
/// <param name="estimator">What they will take.</param>
/// <param name="ledger">What happened.</param>
public sealed class BackfillEndpoints(
    HttpEdge edge, CommandEdge commands, OperateStage operate, BackfillLedger backfills, BackfillEstimator estimator, RunLedger ledger)
{
    /// <summary>
    /// <c>POST /api/backfills</c>: begins a backfill. Body: <c>{"pipeline", "streams"?, "from", "to", "parallelism"?, "priority"?, "dryRun"?}</c>;
    /// the window is <c>[from, to)</c>. With an <c>Idempotency-Key</c>, sending it again does it once. 202 with <c>Location</c>; a dry run 200.
    /// </summary>
    public Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("StartBackfill") { KeepsItsKey = true }, async body =>
        {
            StartBackfill start = Read(body, CommandEdge.KeyOf(request));
            bool isDry = body.Flag("dryRun");
            if (body.Refusal() is { } refusal)
                return refusal;
            if (isDry)
                return await EstimateAsync(start, cancellationToken);
            OperateOutcome outcome = await operate.RunAsync(start, cancellationToken);
            return outcome is BackfillStarted { Backfill: var backfill }
                ? (await ShowAsync(backfill, withCounts: false, StatusCodes.Status202Accepted, cancellationToken)) with { Location = RunViews.UrlOf(backfill) }
                : OperateAnswers.Of(outcome, ProblemTypes.UnknownPipeline);
        }, cancellationToken);

    /// <summary><c>GET /api/backfills?limit=&amp;after=</c>: backfills, the newest first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        PageQuery page = PageQuery.Read(request, errors);
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        Page<Backfill> taken = await NewestFirst.TakeAsync(
            (await backfills.ListAsync(cancellationToken)).ToAsyncEnumerable(), backfill => new PagePlace(backfill.RequestedAt, backfill.Id), page, cancellationToken);
        Page<BackfillView> shown = await taken.SelectAsync(backfill => ViewAsync(backfill, withCounts: false, cancellationToken));
        return ApiJson.Answer(new PageOfBackfills(shown.Items, shown.Next), ApiJson.Default.PageOfBackfills);
    });

    /// <summary><c>GET /api/backfills/{id}</c>: one backfill with its progress, its runs and their counts.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await backfills.FindAsync(id, cancellationToken) is { } backfill
            ? await ShowAsync(backfill.Value, withCounts: true, StatusCodes.Status200OK, cancellationToken)
            : new ProblemResult(ProblemTypes.UnknownBackfill.With($"There is no backfill '{id}'. GET /api/backfills lists them.")));

    /// <summary><c>POST /api/backfills/{id}/pause</c>: nothing more is read; what is being read is committed first.</summary>
    public Task<IResult> PauseAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        ChangeAsync(request, "PauseBackfill", new PauseBackfill(id), cancellationToken);

    /// <summary><c>POST /api/backfills/{id}/resume</c>: goes on where it was.</summary>
    public Task<IResult> ResumeAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        ChangeAsync(request, "ResumeBackfill", new ResumeBackfill(id), cancellationToken);

    /// <summary><c>POST /api/backfills/{id}/cancel</c> or <c>DELETE /api/backfills/{id}</c>: stops it. What is landed stays and is curated.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        ChangeAsync(request, "CancelBackfill", new CancelBackfill(id), cancellationToken);

    private Task<IResult> ChangeAsync(HttpRequest request, string action, OperatorCommand change, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command(action), async body =>
        {
            if (body.Refusal() is { } refusal)
                return refusal;
            OperateOutcome outcome = await operate.RunAsync(change, cancellationToken);
            return outcome is BackfillChanged { Backfill: var backfill }
                ? await ShowAsync(backfill, withCounts: true, StatusCodes.Status200OK, cancellationToken)
                : OperateAnswers.Of(outcome, ProblemTypes.UnknownBackfill);
        }, cancellationToken);

    private static StartBackfill Read(RequestObject body, string key) => new(
        body.Text("pipeline"), body.Texts("streams"), body.Instant("from"), body.Instant("to"), key.Length > 0 ? key : null)
    {
        Parallelism = body.Number("parallelism", 4, 1, Backfill.MaxParallelism),
        IsUrgent = body.OneOf("priority", BackfillPriorities.Low, BackfillPriorities.All) == BackfillPriorities.Live,
    };

    private async Task<IResult> EstimateAsync(StartBackfill start, CancellationToken cancellationToken) => await operate.CheckAsync(start, cancellationToken) switch
    {
        (null, var streams) => ApiJson.Answer(
            BackfillEstimateView.Of(start, await estimator.EstimateAsync(start, streams, cancellationToken)), ApiJson.Default.BackfillEstimateView),
        (var refusal, _) => OperateAnswers.Of(refusal, ProblemTypes.UnknownPipeline),
    };

    private async ValueTask<JsonAnswer> ShowAsync(Backfill backfill, bool withCounts, int status, CancellationToken cancellationToken) =>
        ApiJson.Answer(await ViewAsync(backfill, withCounts, cancellationToken), ApiJson.Default.BackfillView, status);

    private async ValueTask<BackfillView> ViewAsync(Backfill backfill, bool withCounts, CancellationToken cancellationToken)
    {
        var runs = await backfills.RunsAsync(backfill, cancellationToken);
        var views = new List<RunView>(runs.Count);
        foreach (Run run in runs)
            views.Add(RunViews.Of(run, withCounts ? await ledger.CountAsync(run, cancellationToken) : null));
        return RunViews.Of(backfill, views, await backfills.ProgressAsync(backfill, runs, cancellationToken));
    }
}
