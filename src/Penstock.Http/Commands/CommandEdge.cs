using System.Text;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Bodies;
using Penstock.Http.Operate;
using Penstock.Http.Problems;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Ports;

namespace Penstock.Http.Commands;

/// <summary>
/// What every request does alike that changes something: who sends it is known and may, a key is used once, the body is read,
/// and what became of it is written down.
/// </summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="operators">Who operates.</param>
/// <param name="keyed">Requests with keys.</param>
/// <param name="activity">What was done.</param>
/// <param name="time">The clock.</param>
/// <param name="ids">Names entries.</param>
public sealed class CommandEdge(HttpEdge edge, Operators operators, KeyedRequests keyed, ActivityLog activity, TimeProvider time, IIdSource ids)
{
    private const int MaxKeyLength = 255;
    private const int AtOnce = 64;
    private static readonly TimeSpan BusyTime = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _room = new(AtOnce, AtOnce);

    /// <summary>Handles a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="command">What it is.</param>
    /// <param name="handle">Does it; given the body, an empty object if there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal Task<IResult> RunAsync(HttpRequest request, Command command, Func<RequestObject, Task<IResult>> handle, CancellationToken cancellationToken) =>
        edge.RunAsync(request, async () =>
        {
            if (!await _room.WaitAsync(0, cancellationToken))
                return new ProblemResult(ProblemTypes.Busy.With($"{AtOnce} changes are being made at once. Send it again in a moment.").RetryAfter(BusyTime));
            RequestObject? body = null;
            IResult? answer = null;
            try
            {
                if (!operators.MayChange(request))
                    return answer = new ProblemResult(ProblemTypes.Forbidden.With("You may read and not change anything. Ask for the role 'Penstock.Operator'."));
                (body, Problem? problem) = await JsonRequest.ReadAsync(request, command.MaxBytes, cancellationToken);
                return answer = body is null ? new ProblemResult(problem!) : await OnceAsync(request, command, body, handle, cancellationToken);
            }
            finally
            {
                _room.Release();
                // Also what the caller didn't wait for was done.
                await WriteDownAsync(request, command, body, answer);
            }
        });

    /// <summary>The idempotency key; empty if there is none.</summary>
    internal static string KeyOf(HttpRequest request) =>
        // draft-ietf-httpapi-idempotency-key-header: a structured text, in quotes; most clients send it bare.
        request.Headers["Idempotency-Key"].ToString().Trim().Trim('"');

    private async Task<IResult> OnceAsync(
        HttpRequest request, Command command, RequestObject body, Func<RequestObject, Task<IResult>> handle, CancellationToken cancellationToken)
    {
        string key = KeyOf(request);
        if (key.Length > MaxKeyLength)
            return new ProblemResult(ProblemTypes.BadRequest.With($"The Idempotency-Key is longer than {MaxKeyLength} characters. Use a shorter one, such as a UUID."));
        if (key.Length == 0 || command.KeepsItsKey)
            return await handle(body);
        switch (await keyed.BeginAsync(key, $"{request.Method} {request.Path}{request.QueryString}\n{body.Text()}", cancellationToken))
        {
            case KeyAnswered { Answer: var known }:
                return new JsonAnswer(known.Status, Encoding.UTF8.GetBytes(known.Json)) { ETag = known.ETag, IsReplayed = true };
            case KeyTaken:
                return new ProblemResult(ProblemTypes.KeyReused.With("The idempotency key was used for another request. Use a new key."));
            case KeyBusy:
                return new ProblemResult(ProblemTypes.Underway.With("The same request is being done just now. Send it again in a moment to get its answer.").RetryAfter(BusyTime));
            case KeyBegun begun:
                IResult? answer = null;
                try
                {
                    return answer = await handle(body);
                }
                finally
                {
                    // A refusal may be mended and sent again with the same key.
                    await keyed.EndAsync(begun, answer is JsonAnswer done ? new KeyedAnswer(done.Status, Encoding.UTF8.GetString(done.Json.Span), done.ETag) : null, CancellationToken.None);
                }

            default:
                throw new InvalidOperationException("A key is begun, answered, taken or busy.");
        }
    }

    private async Task WriteDownAsync(HttpRequest request, Command command, RequestObject? body, IResult? answer)
    {
        DateTimeOffset now = time.GetUtcNow();
        await activity.AddAsync(
            new ActivityEntry
            {
                Id = ActivityEntry.IdOf(now, ids.Next()),
                At = now,
                Who = operators.Of(request),
                From = request.HttpContext.Connection.RemoteIpAddress?.ToString(),
                Action = command.Action,
                Target = request.Path + request.QueryString.ToString().Split("code=")[0].TrimEnd('?', '&'),
                Request = command.IsLogged && body is { IsEmpty: false } ? body.Text() : null,
                Status = answer switch { JsonAnswer json => json.Status, ProblemResult refusal => refusal.Problem.Type.Status, _ => StatusCodes.Status500InternalServerError },
                Problem = (answer as ProblemResult)?.Problem.Type.Name,
                RequestId = RequestId.Of(request.HttpContext),
            },
            CancellationToken.None);
    }
}
