using Penstock.Connectors.Authentication;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Http;

/// <summary>
/// Sends a request until its error handler is content: authenticates, keeps to the budget, tries again. Short waits are
/// awaited on the injected clock; a long one is a result.
/// </summary>
internal sealed class Sender(ConnectorScope connector, IAuthenticator authenticator, IErrorHandler errors, EvaluationContext config, bool useCache, bool streams)
{
    private const double SecondOnTop = 1;

    /// <summary>Sends a request.</summary>
    /// <param name="build">Makes the call with what authenticates it; called for every try, since tokens change.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async ValueTask<SendOutcome> SendAsync(Func<Authorized, HttpCall> build, CancellationToken cancellationToken)
    {
        var started = 0L;
        var calls = default(CallCounts);
        var isRenewed = false;
        for (var attempts = 1; ; attempts++)
        {
            var authorization = authenticator is ICallAuthenticator looking
                ? await looking.AuthorizeAsync(build(Authorized.Nothing), cancellationToken)
                : await authenticator.AuthorizeAsync(cancellationToken);
            if (authorization is not Authorized authorized)
            {
                return authorization switch
                {
                    AuthorizationWaits waits => new MustWait(waits.Until, waits.Reason),
                    AuthorizationFailed failed => new SendFailed(failed.Error),
                    _ => throw new InvalidOperationException($"Authentication gave a {authorization.GetType().Name}."),
                };
            }

            var call = build(authorized);
            if (useCache && connector.Cache.Find(call) is { } kept)
            {
                return new Delivered(HttpAnswer.Of(kept, call, connector.Transport.Options, connector.Time));
            }

            if (await AskBudgetAsync(call, cancellationToken) is { } wait)
            {
                return wait with { Calls = calls };
            }

            // Waiting for the quota is no try.
            started = attempts == 1 ? connector.Time.GetTimestamp() : started;
            var result = await connector.Transport.SendAsync(call, cancellationToken);
            var (outcome, resolution, headers) = await InterpretAsync(call, result, cancellationToken);
            calls += new CallCounts(1, result is Answered { Answer.Status: 429 } || resolution?.Action == ResponseAction.RateLimited ? 1 : 0);
            if (outcome is SendFailed { Error.Status: 401 } && !isRenewed && authenticator.Forget())
            {
                // The source took the token back before its time: a new one is worth one more try.
                isRenewed = true;
                continue;
            }

            if (outcome is not null)
            {
                return outcome with { Calls = calls };
            }

            if (resolution!.Action == ResponseAction.RefreshTokenThenRetry)
            {
                authenticator.Forget();
            }

            if (await WaitToRetryAsync(call, resolution, headers, attempts, started, cancellationToken) is { } end)
            {
                return end with { Calls = calls };
            }
        }
    }

    private async ValueTask<SendOutcome?> AskBudgetAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var asked = ToBudget(call);
        while (await connector.Budget.AskAsync(asked, cancellationToken) is Wait { Until: var until, Reason: var reason })
        {
            var wait = until - connector.Time.GetUtcNow();
            if (connector.Options.WaitCap is { } cap && wait > cap)
            {
                await Task.Delay(cap, connector.Time, cancellationToken);
                break;
            }

            if (wait > connector.Options.MaxInlineWait)
            {
                return new MustWait(until, reason);
            }

            // Delays are counted in whole milliseconds: a rest of one would be asked for again and again.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds))), connector.Time, cancellationToken);
        }

        return null;
    }

    /// <summary>Gives the outcome, or the resolution to try again.</summary>
    private async ValueTask<(SendOutcome? Outcome, Resolution? Resolution, AnswerHeaders? Headers)> InterpretAsync(
        HttpCall call, TransportResult result, CancellationToken cancellationToken)
    {
        if (result is Refused refused)
        {
            return (new SendFailed(new SourceError(SourceErrorKind.Config, refused.Message)), null, null);
        }

        if (result is Unreached unreached)
        {
            await connector.Budget.LearnAsync(ToBudget(call), new SourceAnswer(0, new Dictionary<string, string>()), cancellationToken);
            return (null, new Resolution(ResponseAction.Retry, SourceErrorKind.Transient, unreached.Message), null);
        }

        var answer = ((Answered)result).Answer;
        var isTaken = false;
        try
        {
            // Where each token has quotas of its own, what an answer says of one isn't the whole credential's.
            if (authenticator is ICallAuthenticator looking) looking.Learn(call, answer.Status, answer.Headers);
            else await connector.Budget.LearnAsync(ToBudget(call), new SourceAnswer(answer.Status, answer.Headers.ToLower()), cancellationToken);
            var resolution = await ResolveAsync(answer, cancellationToken);
            var outcome = Conclude(call, answer, resolution);
            isTaken = outcome is Delivered;
            if (isTaken && useCache && answer.Status == 200 && answer.Body is { } whole)
            {
                connector.Cache.Keep(call, answer.Headers, whole.Written.Span);
            }

            return (outcome, resolution, answer.Headers);
        }
        catch (SourceFaultException fault) when (fault.Error.Kind == SourceErrorKind.Transient)
        {
            // The answer broke off or stood still: as if it had not come.
            return (null, new Resolution(ResponseAction.Retry, SourceErrorKind.Transient, fault.Message), null);
        }
        finally
        {
            if (!isTaken)
            {
                answer.Dispose();
            }
        }
    }

    private async ValueTask<Resolution> ResolveAsync(HttpAnswer answer, CancellationToken cancellationToken)
    {
        var body = !answer.IsOk || errors.ReadsBody || !streams ? (await answer.ReadAsync(cancellationToken)).Written : default;
        return errors.Interpret(new AnswerView(answer.Status, answer.Headers, body, config));
    }

    private static SendOutcome? Conclude(HttpCall call, HttpAnswer answer, Resolution resolution) => resolution.Action switch
    {
        ResponseAction.Success or ResponseAction.Ignore => new Delivered(answer),
        ResponseAction.ResetPagination => new PagingReset(),
        ResponseAction.Fail => new SendFailed(new SourceError(resolution.Kind, Describe(call, resolution, answer.Status), answer.Status)),
        _ => null,
    };

    /// <summary>Waits, and gives null to try again; or gives the end.</summary>
    private async ValueTask<SendOutcome?> WaitToRetryAsync(
        HttpCall call, Resolution resolution, AnswerHeaders? headers, int attempts, long started, CancellationToken cancellationToken)
    {
        // Without a strategy the reference waits 1, 2, 4 … seconds; on top of a strategy's time it waits a second for fractions.
        var asked = errors.Backoff.Select(strategy => strategy.SecondsToWait(headers, attempts)).FirstOrDefault(seconds => seconds is not null and not 0);
        var seconds = asked + SecondOnTop ?? Math.Pow(2, Math.Min(attempts - 1, 30));
        var elapsed = connector.Time.GetElapsedTime(started);
        if (attempts > errors.MaxRetries || (resolution.Action != ResponseAction.RateLimited && elapsed >= errors.MaxTime))
        {
            var message = $"Gave up after {attempts} tries in {elapsed.TotalSeconds:0} seconds. {Describe(call, resolution, null)}";
            return new SendFailed(new SourceError(resolution.Kind, message));
        }

        var wait = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, ResetTime.Longest.TotalSeconds));
        // The wait is for this token's quota; another token needn't wait for it.
        if (resolution.Action == ResponseAction.RateLimited && (authenticator as ICallAuthenticator)?.HasAlternative(call) == true) wait = TimeSpan.Zero;
        if (connector.Options.WaitCap is { } cap && wait > cap)
        {
            wait = cap;
        }
        else if (wait > connector.Options.MaxInlineWait)
        {
            var reason = Describe(call, resolution, null);
            var isLimit = resolution.Action == ResponseAction.RateLimited;
            return new MustWait(connector.Time.GetUtcNow() + wait, reason) { Failure = isLimit ? null : new SourceError(resolution.Kind, reason) };
        }

        await Task.Delay(wait, connector.Time, cancellationToken);
        return null;
    }

    private static string Describe(HttpCall call, Resolution resolution, int? status) =>
        $"{call}{(status is null ? "" : $" was answered with status {status}")}: {resolution.Message ?? "the connector treats this as an error."}";

    /// <summary>The call as budgets see it, without what authenticates it.</summary>
    public static Call ToBudget(HttpCall call)
    {
        var headers = new Dictionary<string, string>();
        foreach (var (name, value) in call.Headers.Where(header => !call.Secret.Contains(header.Key)))
        {
            headers[name.ToLowerInvariant()] = value;
        }

        return new Call(call.Method, call.Url, headers);
    }
}
