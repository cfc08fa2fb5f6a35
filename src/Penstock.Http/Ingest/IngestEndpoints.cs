using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Penstock.Http.Bodies;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Http.Ingest;

/// <summary><c>POST /ingest/{pipeline}/{stream}</c>: takes what a webhook pushes. 202 means that it is landed.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="secrets">The webhooks' keys.</param>
/// <param name="receive">Lands.</param>
/// <param name="limits">How large a body may be.</param>
/// <param name="budget">How much all bodies together may take.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures go that the sender can't mend.</param>
public sealed class IngestEndpoints(
    HttpEdge edge, IPipelineCatalog catalog, ISecretStore secrets, ReceiveStage receive, BodyLimits limits, BodyBudget budget, TimeProvider time,
    ILogger<IngestEndpoints> log)
{
    private static readonly TimeSpan MendTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(10);

    /// <summary>Takes a body: a JSON object or array, JSON Lines, or CloudEvents (structured, batch, binary); gzip or plain.</summary>
    public Task<IResult> PostAsync(HttpRequest request, string pipeline, string stream, CancellationToken cancellationToken) =>
        edge.RunAsync(request, async () =>
        {
            (WebhookSignature? signature, Problem? problem) = await FindAsync(pipeline, stream, cancellationToken);
            if (signature is null)
                return new ProblemResult(problem!);
            if (WebhookFormat.Of(request) is not { } format)
                return new ProblemResult(WebhookFormat.Refuse(request.ContentType));
            (BodyBudget.Reservation reserved, problem) = budget.Reserve(request);
            using var _ = reserved;
            if (problem is not null)
                return new ProblemResult(problem);
            using var body = new PooledBytes();
            using var unpacked = new PooledBytes();
            problem = BodyReader.CheckEncoding(request)
                ?? await BodyReader.ReadAsync(request, body, limits.MaxBytes, cancellationToken)
                ?? await VerifyAsync(request, signature, pipeline, stream, body, cancellationToken);
            PooledBytes content = body;
            if (problem is null && BodyReader.IsCompressed(request))
            {
                problem = await BodyReader.UnpackAsync(request, body, unpacked, limits.MaxUnpackedBytes, cancellationToken);
                content = unpacked;
            }

            if (problem is not null)
                return new ProblemResult(problem);
            return format.Read(request, content.Span) switch
            {
                EventsRead read => await LandAsync(pipeline, stream, read, format.Origin(request, content.Span), cancellationToken),
                EventsUnreadable unreadable => new ProblemResult(Unreadable(unreadable)),
                _ => throw new InvalidOperationException("A body is read or it isn't."),
            };
        });

    private async ValueTask<(WebhookSignature? Signature, Problem? Problem)> FindAsync(
        string name, string stream, CancellationToken cancellationToken) => await catalog.FindAsync(name, cancellationToken) switch
        {
            null => (null, ProblemTypes.UnknownPipeline.With($"There is no pipeline '{name}'. Look at the address: it is /ingest/PIPELINE/STREAM.")),
            BrokenPipeline => (null, ProblemTypes.NotReady
                .With($"The pipeline '{name}' is broken and can't receive until its owner mends it. Nothing is stored; send it again later.").RetryAfter(MendTime)),
            UsablePipeline { Pipeline: var pipeline } when pipeline.Find(stream)?.Reception?.Webhook is { } signature => (signature, null),
            _ => (null, ProblemTypes.UnknownStream.With($"The pipeline '{name}' has no stream '{stream}' that takes a webhook.")),
        };

    private async ValueTask<Problem?> VerifyAsync(
        HttpRequest request, WebhookSignature signature, string pipeline, string stream, PooledBytes body, CancellationToken cancellationToken)
    {
        if (await secrets.FindAsync(signature.Secret, cancellationToken) is { Length: > 0 } secret)
            return WebhookSignatures.Check(signature, secret, request.Headers, body.Span);
        LogMessages.SecretMissing(log, pipeline, stream, signature.Secret);
        return ProblemTypes.NotReady
            .With("The key of this webhook isn't set on our side, so its signature can't be verified. Nothing is stored; send it again later.")
            .RetryAfter(MendTime);
    }

    private async Task<IResult> LandAsync(string pipeline, string stream, EventsRead read, TraceContext? origin, CancellationToken cancellationToken)
    {
        try
        {
            var batch = new ReceivedBatch(pipeline, stream, "webhook", time.GetUtcNow(), read.Records) { Events = origin is null ? null : 1, Origins = origin is null ? [] : [origin] };
            return await receive.RunAsync(batch, cancellationToken) switch
            {
                BatchLanded landed => Landed(pipeline, stream, landed),
                BatchWaits waits => new ProblemResult(ProblemTypes.NotReady.With(waits.Reason)),
                BatchRefused refused => new ProblemResult(ProblemTypes.UnknownStream.With(refused.Reason)),
                _ => throw new InvalidOperationException("A batch is landed or refused."),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogMessages.BodyNotLanded(log, pipeline, stream, e);
            return new ProblemResult(ProblemTypes.NotLanded.With("The body couldn't be stored. Send it again.").RetryAfter(RetryTime));
        }
    }

    private static IResult Landed(string pipeline, string stream, BatchLanded landed) =>
        Results.Json(new Receipt(pipeline, stream, landed.Records, landed.Blob), ReceiptJson.Default.Receipt, statusCode: StatusCodes.Status202Accepted);

    private static Problem Unreadable(EventsUnreadable unreadable) =>
        ProblemTypes.BadBody.With(unreadable.Line == 0 ? unreadable.Problem : $"Line {unreadable.Line}, byte {unreadable.Column}: {unreadable.Problem}") with
        {
            Errors = unreadable.Line == 0 ? [] : [new ProblemError(unreadable.Problem) { Line = unreadable.Line, Column = unreadable.Column }],
        };
}
