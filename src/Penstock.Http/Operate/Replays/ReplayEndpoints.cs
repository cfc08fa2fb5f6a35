using Microsoft.AspNetCore.Http;
using Penstock.Http.Bodies;
using Penstock.Http.Commands;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Replays;

namespace Penstock.Http.Operate.Replays;

/// <summary>The replays: try, start, follow, cancel.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="replays">Starts and cancels.</param>
/// <param name="trial">Tries.</param>
public sealed class ReplayEndpoints(HttpEdge edge, CommandEdge commands, IPipelineCatalog catalog, ReplayBook replays, ReplayTrial trial)
{
    private const int DefaultSample = 20;
    private const int MaxContract = 200;

    /// <summary>
    /// <c>POST /api/replays</c>: transforms again from raw. Body: <c>{"pipeline", "streams"?, "from"?, "to"?, "blobs"?, "contract"?, "dryRun"?, "sample"?}</c>.
    /// 202 with <c>Location</c>; a dry run 200 with what it would do.
    /// </summary>
    public Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("StartReplay") { KeepsItsKey = true }, async body =>
        {
            (ReplayFilter what, bool isDry, int sample) = (Read(body), body.Flag("dryRun"), body.Number("sample", DefaultSample, 1, ReplayTrial.MaxSample));
            if (body.Refusal() is { } refusal)
                return refusal;
            (ReplayFilter? checkedWhat, Problem? problem) = await CheckAsync(what, cancellationToken);
            if (checkedWhat is null)
                return new ProblemResult(problem!);
            if (isDry)
                return ApiJson.Answer(await trial.TryAsync(checkedWhat, sample, cancellationToken), ApiJson.Default.ReplayOutlook);
            string key = CommandEdge.KeyOf(request);
            return await replays.StartAsync(checkedWhat, key.Length > 0 ? key : null, cancellationToken) is { } replay
                ? (await ShowAsync(replay, StatusCodes.Status202Accepted, cancellationToken)) with { Location = ReplayView.UrlOf(replay) }
                : new ProblemResult(ProblemTypes.KeyReused.With("The idempotency key was used for another replay. Use a new key."));
        }, cancellationToken);

    /// <summary><c>GET /api/replays?limit=&amp;after=</c>: replays, the newest first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        PageQuery page = PageQuery.Read(request, errors);
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        Page<Replay> taken = await NewestFirst.TakeAsync(
            (await replays.ListAsync(cancellationToken)).ToAsyncEnumerable(), replay => new PagePlace(replay.RequestedAt, replay.Id), page, cancellationToken);
        Page<ReplayView> shown = await taken.SelectAsync(async replay => ReplayView.Of(replay, await replays.CountAsync(replay, cancellationToken)));
        return ApiJson.Answer(new PageOfReplays(shown.Items, shown.Next), ApiJson.Default.PageOfReplays);
    });

    /// <summary><c>GET /api/replays/{id}</c>: one replay with its counts so far.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await replays.FindAsync(id, cancellationToken) is { } replay ? await ShowAsync(replay, StatusCodes.Status200OK, cancellationToken) : Unknown(id));

    /// <summary><c>POST /api/replays/{id}/cancel</c>: what was sent is still transformed, nothing more is sent.</summary>
    public Task<IResult> CancelAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command("CancelReplay"), async body =>
            body.Refusal() ?? (await replays.CancelAsync(id, cancellationToken) is { } replay ? await ShowAsync(replay, StatusCodes.Status200OK, cancellationToken) : (IResult)Unknown(id)), cancellationToken);

    private static ReplayFilter Read(RequestObject body) => new(body.Text("pipeline"), body.Texts("streams"))
    {
        From = body.OptionalInstant("from"),
        To = body.OptionalInstant("to"),
        Blobs = body.Texts("blobs"),
        Contract = body.OptionalText("contract", MaxContract),
    };

    private async Task<(ReplayFilter? What, Problem? Problem)> CheckAsync(ReplayFilter what, CancellationToken cancellationToken)
    {
        if (what.From >= what.To)
            return Wrong("from", $"The range is empty: 'from' ({what.From:O}) must be before 'to' ({what.To:O}).");
        switch (await catalog.FindAsync(what.Pipeline, cancellationToken))
        {
            case null:
                return (null, ProblemTypes.UnknownPipeline.With($"There is no pipeline '{what.Pipeline}'. GET /api/pipelines lists them."));
            case UsablePipeline { Pipeline: var pipeline }:
                if (what.Streams.FirstOrDefault(stream => pipeline.Find(stream) is null) is { } unknown)
                    return Wrong("streams", $"The pipeline '{pipeline.Name}' has no stream '{unknown}'. It has: {string.Join(", ", pipeline.Streams.Select(stream => stream.Name))}.");
                what = what with { Streams = what.Streams.Count == 0 ? [.. pipeline.Streams.Select(stream => stream.Name)] : [.. what.Streams.Distinct()] };
                return what.Blobs.FirstOrDefault(blob => RawNames.TakenAt(blob) is null || !what.Streams.Any(stream => blob.StartsWith(RawNames.Folder(pipeline.Name, stream), StringComparison.Ordinal))) is { } foreign
                    ? Wrong("blobs", $"'{foreign}' isn't a raw blob of these streams. Their names begin with {RawNames.Folder(pipeline.Name, what.Streams[0])}.")
                    : (what, null);
            default:
                return Wrong("pipeline", $"The pipeline '{what.Pipeline}' is broken. GET /api/pipelines/{what.Pipeline} says why.");
        }

        static (ReplayFilter?, Problem?) Wrong(string field, string detail) =>
            (null, ProblemTypes.Invalid.With(detail) with { Errors = [new ProblemError(detail) { Pointer = $"#/{field}" }] });
    }

    private async Task<JsonAnswer> ShowAsync(Replay replay, int status, CancellationToken cancellationToken) =>
        ApiJson.Answer(ReplayView.Of(replay, await replays.CountAsync(replay, cancellationToken)), ApiJson.Default.ReplayView, status);

    private static ProblemResult Unknown(string id) => new(ProblemTypes.UnknownReplay.With($"There is no replay '{id}'. GET /api/replays lists them."));
}
