using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Commands;
using Penstock.Http.Problems;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;

namespace Penstock.Http.Operate.State;

/// <summary>The state of pulled streams, as Airbyte writes it.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="states">Reads and sets.</param>
public sealed class StateEndpoints(HttpEdge edge, CommandEdge commands, IPipelineCatalog catalog, StateBook states)
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary><c>GET /api/pipelines/{pipeline}/state</c>: the state of all pulled streams, as state messages of type <c>STREAM</c>.</summary>
    public Task<IResult> ListAsync(HttpRequest request, string pipeline, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        if (await catalog.FindAsync(pipeline, cancellationToken) is not UsablePipeline { Pipeline: var usable })
            return Unknown(pipeline);
        var messages = new JsonArray();
        foreach (PipelineStream stream in usable.Streams.Where(stream => stream.Reception is null))
            messages.Add(AirbyteState.WriteMessage(stream.Name, (await states.ReadAsync(pipeline, stream.Name, cancellationToken)).Cursors));
        return new JsonAnswer(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["items"] = messages }));
    });

    /// <summary><c>GET /api/pipelines/{pipeline}/streams/{stream}/state</c>: a state message of type <c>STREAM</c>, with an <c>ETag</c>.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string pipeline, string stream, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await RefuseAsync(pipeline, stream, cancellationToken) is { } refusal ? refusal : Show(stream, await states.ReadAsync(pipeline, stream, cancellationToken)));

    /// <summary><c>PUT /api/pipelines/{pipeline}/streams/{stream}/state?force=</c>: sets it. Body: a <c>stream_state</c>, or a message of type <c>STREAM</c>.</summary>
    public Task<IResult> PutAsync(HttpRequest request, string pipeline, string stream, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("SetState") { MaxBytes = MaxBytes, IsLogged = false }, async body =>
        {
            if (await RefuseAsync(pipeline, stream, cancellationToken) is { } refusal)
                return refusal;
            (IReadOnlyDictionary<string, string>? cursors, string? problem) = AirbyteState.Read(body.Json, stream);
            return cursors is { Count: > 0 }
                ? await SetAsync(request, pipeline, stream, cursors, cancellationToken)
                : new ProblemResult(ProblemTypes.Invalid.With(problem ?? "The state is empty. DELETE resets it."));
        }, cancellationToken);

    /// <summary><c>DELETE /api/pipelines/{pipeline}/streams/{stream}/state?force=</c>: resets it: the next run begins at the beginning.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string pipeline, string stream, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("ResetState"), async body =>
            await RefuseAsync(pipeline, stream, cancellationToken) is { } refusal
                ? refusal
                : body.Refusal() ?? await SetAsync(request, pipeline, stream, new Dictionary<string, string>(), cancellationToken), cancellationToken);

    private async Task<IResult> SetAsync(
        HttpRequest request, string pipeline, string stream, IReadOnlyDictionary<string, string> cursors, CancellationToken cancellationToken)
    {
        string force = request.Query["force"].ToString();
        if (force is not ("" or "true" or "false"))
            return new ProblemResult(ProblemTypes.BadRequest.With("'force' must be true or false.") with { Errors = [new ProblemError("It must be true or false.") { Parameter = "force" }] });
        return await states.SetAsync(pipeline, stream, cursors, ETags.IfMatch(request), force == "true", cancellationToken) switch
        {
            StateSet { State: var state } => Show(stream, state),
            StateChanged => ETags.Changed($"The state of {pipeline}/{stream}"),
            StateBusy { Run: { } run } => new ProblemResult(ProblemTypes.Conflict.With(
                $"The run '{run}' goes on and would move the state when it ends. Wait for it, or cancel it: POST {RunViews.UrlOf(pipeline, stream, run)}/cancel; or force it with ?force=true.")),
            _ => new ProblemResult(ProblemTypes.Conflict.With("Somebody else changes the state just now. Try again in a minute.")),
        };
    }

    private async Task<ProblemResult?> RefuseAsync(string pipeline, string stream, CancellationToken cancellationToken) => await catalog.FindAsync(pipeline, cancellationToken) switch
    {
        null => Unknown(pipeline),
        UsablePipeline { Pipeline: var usable } when usable.Find(stream) is { Reception: null } => null,
        UsablePipeline => new ProblemResult(ProblemTypes.UnknownStream.With($"The pipeline '{pipeline}' pulls no stream '{stream}'. GET /api/pipelines/{pipeline} lists them.")),
        _ => new ProblemResult(ProblemTypes.Conflict.With($"The pipeline '{pipeline}' is broken. GET /api/pipelines/{pipeline} says why.")),
    };

    private static JsonAnswer Show(string stream, StreamCursors state) =>
        new(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(AirbyteState.WriteMessage(stream, state.Cursors))) { ETag = state.ETag };

    private static ProblemResult Unknown(string pipeline) =>
        new(ProblemTypes.UnknownPipeline.With($"There is no pipeline '{pipeline}' that can be used. GET /api/pipelines lists them."));
}
