using Microsoft.AspNetCore.Http;
using Penstock.Http.Bodies;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Operate;

/// <summary>The pipelines, and running one now.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="operate">Carries out commands.</param>
/// <param name="time">The clock.</param>
public sealed class PipelineEndpoints(HttpEdge edge, IPipelineCatalog catalog, OperateStage operate, TimeProvider time)
{
    /// <summary><c>GET /api/pipelines</c>: all pipelines, the broken ones with what is wrong.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        DateTimeOffset now = time.GetUtcNow();
        var entries = await catalog.ListAsync(cancellationToken);
        return ApiJson.Answer(new PipelineList([.. entries.Select(entry => PipelineViews.Of(entry, now))]), ApiJson.Default.PipelineList);
    });

    /// <summary><c>GET /api/pipelines/{pipeline}</c>: one pipeline.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string pipeline, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await catalog.FindAsync(pipeline, cancellationToken) is { } entry
            ? ApiJson.Answer(PipelineViews.Of(entry, time.GetUtcNow()), ApiJson.Default.PipelineView)
            : new ProblemResult(ProblemTypes.UnknownPipeline.With($"There is no pipeline '{pipeline}'. GET /api/pipelines lists them.")));

    /// <summary><c>POST /api/pipelines/{pipeline}/runs</c>: begins a run of each pulled stream now. Body: none, or <c>{"streams": [...]}</c>.</summary>
    public Task<IResult> RunNowAsync(HttpRequest request, string pipeline, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        (RequestObject? body, Problem? problem) = await JsonRequest.ReadAsync(request, cancellationToken);
        if (body is null)
            return new ProblemResult(problem!);
        var streams = body.Texts("streams");
        body.RefuseOthers();
        if (body.Errors.Count > 0)
            return new ProblemResult(ProblemTypes.Invalid.With("Mend what 'errors' names, and send it again.") with { Errors = body.Errors });
        return OperateAnswers.Of(await operate.RunAsync(new RunNow(pipeline, streams), cancellationToken), ProblemTypes.UnknownPipeline);
    });
}
