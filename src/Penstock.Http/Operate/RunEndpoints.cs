using Microsoft.AspNetCore.Http;
using Penstock.Http.Commands;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Operate;

/// <summary>The runs. An id names a run within its stream, so a run's address has all three.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="index">Lists runs.</param>
/// <param name="ledger">What happened.</param>
/// <param name="runs">Finds runs.</param>
/// <param name="operate">Carries out commands.</param>
/// <param name="costs">Prices runs.</param>
/// <param name="time">The clock.</param>
public sealed class RunEndpoints(
    HttpEdge edge, CommandEdge commands, IPipelineCatalog catalog, RunIndex index, RunLedger ledger, RunBook runs, OperateStage operate,
    CostReader costs, TimeProvider time)
{
    /// <summary><c>GET /api/runs?pipeline=&amp;stream=&amp;status=&amp;limit=&amp;after=</c>: runs, the newest first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        PageQuery page = PageQuery.Read(request, errors);
        (string pipeline, string stream, string status) = (request.Query["pipeline"].ToString(), request.Query["stream"].ToString(), request.Query["status"].ToString());
        if (status.Length > 0 && !RunViews.Statuses.Contains(status))
            errors.Add(new ProblemError($"'{status}' isn't a status. There are: {string.Join(", ", RunViews.Statuses)}.") { Parameter = "status" });
        if (stream.Length > 0 && pipeline.Length == 0)
            errors.Add(new ProblemError("A stream belongs to a pipeline. Give 'pipeline' too.") { Parameter = "stream" });
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        if (pipeline.Length > 0 && await catalog.FindAsync(pipeline, cancellationToken) is null)
            return new ProblemResult(ProblemTypes.UnknownPipeline.With($"There is no pipeline '{pipeline}'. GET /api/pipelines lists them."));

        var filter = new RunFilter(pipeline.Length > 0 ? pipeline : null, stream.Length > 0 ? stream : null, status.Length > 0 ? Enum.Parse<RunStatus>(status, ignoreCase: true) : null);
        Page<RunSummary> taken = await RunPages.TakeAsync(index, filter, page, cancellationToken);
        return ApiJson.Answer(new PageOfRuns([.. taken.Items.Select(RunViews.Of)], taken.Next), ApiJson.Default.PageOfRuns);
    });

    /// <summary>
    /// <c>GET /api/runs/{pipeline}/{stream}/{run}?wait=</c>: one run with its counts and cost. With <c>wait</c> the answer comes
    /// when the run has ended and what it landed is curated, or after that many seconds.
    /// </summary>
    public Task<IResult> GetAsync(HttpRequest request, string pipeline, string stream, string run, CancellationToken cancellationToken) =>
        edge.RunAsync(request, async () =>
        {
            int wait = 0;
            if (request.Query["wait"].ToString() is { Length: > 0 } text && (!int.TryParse(text, out wait) || wait is < 0 or > MaxWait))
                return new ProblemResult(ProblemTypes.BadRequest.With("Mend the parameters that 'errors' names.") with { Errors = [new ProblemError($"'{text}' can't be waited for. Give seconds, 0 to {MaxWait}, and ask again.") { Parameter = "wait" }] });
            long start = time.GetTimestamp();
            while (true)
            {
                if (await runs.FindAsync(pipeline, stream, run, cancellationToken) is not { Value: var found })
                    return new ProblemResult(ProblemTypes.UnknownRun.With($"There is no run '{run}' of {pipeline}/{stream}. GET /api/runs?pipeline={pipeline} lists them."));
                bool isOver = time.GetElapsedTime(start).TotalSeconds >= wait;
                RunCounts? counts = found.HasEnded || isOver ? await ledger.CountAsync(found, cancellationToken) : null;
                if (isOver || counts is { IsCurated: true })
                    return ApiJson.Answer(RunViews.Of(found, counts) with { Cost = await costs.OfAsync(found, counts!, cancellationToken) }, ApiJson.Default.RunView);
                await Task.Delay(WaitStep, time, cancellationToken);
            }
        });

    // Azure's load balancer ends a request after 230 seconds; proxies on the way often after 60.
    private const int MaxWait = 60;
    private static readonly TimeSpan WaitStep = TimeSpan.FromSeconds(1);

    /// <summary><c>POST /api/runs/{pipeline}/{stream}/{run}/cancel</c>: stops a run. What is landed stays and is curated.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, string pipeline, string stream, string run, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("CancelRun"), async body =>
            body.Refusal() ?? OperateAnswers.Of(await operate.RunAsync(new CancelRun(new RunReference(pipeline, stream, run)), cancellationToken), ProblemTypes.UnknownRun), cancellationToken);
}
