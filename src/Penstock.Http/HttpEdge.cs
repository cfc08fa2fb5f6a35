using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Http;

/// <summary>
/// What every endpoint does alike, in the function app and on the local host: the request's id on each answer, and a problem
/// without a stack trace for what nobody expected.
/// </summary>
/// <param name="log">Where unexpected failures go.</param>
public sealed class HttpEdge(ILogger<HttpEdge> log)
{
    private const int ClientClosedRequest = 499;

    /// <summary>Handles a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="handle">Gives the answer.</param>
    public async Task<IResult> RunAsync(HttpRequest request, Func<Task<IResult>> handle)
    {
        HttpContext context = request.HttpContext;
        context.Response.Headers[RequestId.Header] = RequestId.Of(context);
        try
        {
            return await handle();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return Results.StatusCode(ClientClosedRequest);
        }
        catch (BadHttpRequestException e)
        {
            ProblemType type = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? ProblemTypes.TooLarge : ProblemTypes.BadRequest;
            return new ProblemResult(type.With(e.Message));
        }
        catch (Exception e)
        {
            LogMessages.RequestFailed(log, request.Method, request.Path, e);
            return new ProblemResult(ProblemTypes.Unexpected
                .With($"Nothing was acknowledged. Try again; if it stays, look for the request id {RequestId.Of(context)} in the logs."));
        }
    }
}
