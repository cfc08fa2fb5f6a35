using Microsoft.AspNetCore.Http;
using Penstock.Http.Commands;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Operate;

/// <summary>The pipelines: looking at them, pausing them, running one now.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="operators">Who operates.</param>
/// <param name="pipelines">The pipelines.</param>
/// <param name="catalog">The pipelines as their files say them.</param>
/// <param name="pauses">Pauses and resumes.</param>
/// <param name="operate">Carries out commands.</param>
/// <param name="runs">Wakes planning.</param>
/// <param name="time">The clock.</param>
public sealed class PipelineEndpoints(
    HttpEdge edge, CommandEdge commands, Operators operators, OperatedPipelines pipelines, IPipelineCatalog catalog, PauseBook pauses, OperateStage operate,
    RunBook runs, TimeProvider time)
{
    private const int MaxReason = 500;

    /// <summary><c>GET /api/pipelines</c>: all pipelines, the broken ones with what is wrong.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        DateTimeOffset now = time.GetUtcNow();
        var entries = await pipelines.ListAsync(cancellationToken);
        return ApiJson.Answer(new PipelineList([.. entries.Select(entry => PipelineViews.Of(entry, now))]), ApiJson.Default.PipelineList);
    });

    /// <summary><c>GET /api/pipelines/{pipeline}</c>: one pipeline, with an <c>ETag</c> for pausing and resuming.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string pipeline, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await catalog.FindAsync(pipeline, cancellationToken) is { } entry ? Show(entry, await pauses.FindAsync(pipeline, cancellationToken)) : Unknown(pipeline));

    /// <summary><c>POST /api/pipelines/{pipeline}/runs</c>: begins a run of each pulled stream now. Body: none, or <c>{"streams": [...]}</c>.</summary>
    public Task<IResult> RunNowAsync(HttpRequest request, string pipeline, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("RunPipeline"), async body =>
        {
            var streams = body.Texts("streams");
            return body.Refusal() ?? OperateAnswers.Of(await operate.RunAsync(new RunNow(pipeline, streams), cancellationToken), ProblemTypes.UnknownPipeline);
        }, cancellationToken);

    /// <summary><c>POST /api/pipelines/{pipeline}/pause</c>: it is neither planned nor extracted from now on. Body: none, or <c>{"reason"}</c>.</summary>
    public Task<IResult> PauseAsync(HttpRequest request, string pipeline, CancellationToken cancellationToken) =>
        SetAsync(request, pipeline, isPaused: true, cancellationToken);

    /// <summary><c>POST /api/pipelines/{pipeline}/resume</c>: it runs again. Body: none, or <c>{"reason"}</c>.</summary>
    public Task<IResult> ResumeAsync(HttpRequest request, string pipeline, CancellationToken cancellationToken) =>
        SetAsync(request, pipeline, isPaused: false, cancellationToken);

    private Task<IResult> SetAsync(HttpRequest request, string pipeline, bool isPaused, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command(isPaused ? "PausePipeline" : "ResumePipeline"), async body =>
        {
            string reason = body.OptionalText("reason", MaxReason) ?? "";
            if (body.Refusal() is { } refusal)
                return refusal;
            if (await catalog.FindAsync(pipeline, cancellationToken) is not { } entry)
                return Unknown(pipeline);
            if (!isPaused && entry is UsablePipeline { Pipeline.Paused: true })
                return new ProblemResult(ProblemTypes.Conflict.With($"The pipeline is paused by its file {pipeline}/pipeline.yaml, which comes first. Take 'paused' out of it."));
            var pause = new PipelinePause(pipeline, isPaused, time.GetUtcNow(), operators.Of(request).Name, reason);
            if (await pauses.SetAsync(pause, ETags.IfMatch(request), cancellationToken) is not { } set)
                return ETags.Changed($"The pipeline '{pipeline}'");
            if (!isPaused)
                await runs.WakeAsync($"{pipeline} goes on", cancellationToken);
            return Show(entry, set);
        }, cancellationToken);

    private JsonAnswer Show(PipelineEntry entry, Document<PipelinePause>? pause)
    {
        PipelineView view = PipelineViews.Of(OperatedPipelines.Of(entry, pause?.Value.IsPaused == true), time.GetUtcNow());
        PauseView? shown = pause is { Value: { IsPaused: true } said } ? new PauseView(said.At, said.By, said.Reason) : null;
        return ApiJson.Answer(view with { Pause = shown }, ApiJson.Default.PipelineView) with { ETag = PauseBook.ETagOf(pause) };
    }

    private static ProblemResult Unknown(string pipeline) =>
        new(ProblemTypes.UnknownPipeline.With($"There is no pipeline '{pipeline}'. GET /api/pipelines lists them."));
}
