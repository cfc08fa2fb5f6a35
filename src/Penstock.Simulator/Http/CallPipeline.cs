using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulator;

/// <summary>What every call goes through: key, quotas, faults, and then its route.</summary>
internal sealed class CallPipeline(SimulatorOptions options, TimeProvider time, FaultPlan faults, CallLog log, Router router)
{
    private readonly Doorkeeper _doorkeeper = new(options.Keys);
    private readonly RateLimitHeaders _headers = new(options.RateLimitHeaders);
    private readonly ConcurrentDictionary<string, KeyMeter> _meters = new(StringComparer.Ordinal);

    public async Task HandleAsync(Exchange exchange)
    {
        var number = log.Arrive();
        var at = time.GetUtcNow();
        exchange.Response.Headers.Date = (at + options.RateLimitHeaders.ClockAhead).ToString("R");
        var admission = _doorkeeper.Admit(exchange.Request);
        var key = admission switch
        {
            Admission.Granted granted => granted.KeyName,
            Admission.Forbidden forbidden => forbidden.KeyName,
            _ => "",
        };
        var allowed = false;
        try
        {
            allowed = await AnswerAsync(exchange, admission, at);
        }
        finally
        {
            // The end of the body is sent, or cut off, only after this: whoever has read an answer finds it counted.
            var target = Target.WithoutKey(exchange.Request, options.Keys.QueryName);
            log.Add(new(number, at, key, exchange.Request.Method, target, exchange.Response.StatusCode, exchange.Fault?.GetType().Name, exchange.Records),
                allowed, exchange.Cut);
            if (exchange.Cut) exchange.Http.Abort();
        }
    }

    public void Reset()
    {
        _meters.Clear();
        faults.Reset();
        log.Reset();
    }

    private async Task<bool> AnswerAsync(Exchange exchange, Admission admission, DateTimeOffset now)
    {
        switch (admission)
        {
            case Admission.Unknown unknown:
                exchange.Response.Headers.WWWAuthenticate = "Bearer realm=\"simulator\"";
                await Problem.WriteAsync(exchange, 401, "Unauthorized", unknown.Reason);
                return false;
            case Admission.Forbidden forbidden:
                await Problem.WriteAsync(exchange, 403, "Forbidden", forbidden.Reason);
                return false;
            case Admission.Granted granted:
                using (var permit = _meters.GetOrAdd(granted.KeyName, _ => new KeyMeter(options.Quotas)).Take(now))
                {
                    _headers.Write(exchange.Response.Headers, permit, now);
                    if (permit.Allowed) await SpoilOrRouteAsync(exchange, now);
                    else await Problem.WriteAsync(exchange, 429, "Too Many Requests", "The quota of this API key is used up for now.");
                    return permit.Allowed;
                }

            default:
                throw new InvalidOperationException($"{admission.GetType().Name} is no known admission.");
        }
    }

    private async Task SpoilOrRouteAsync(Exchange exchange, DateTimeOffset now)
    {
        exchange.Fault = faults.Next();
        switch (exchange.Fault)
        {
            case Fault.ServerError error:
                if (error.RetryAfter is { } wait) exchange.Response.Headers.RetryAfter = ResetText.Of(options.RateLimitHeaders, ResetForm.DeltaSeconds, wait, now);
                await Problem.WriteAsync(exchange, error.Status, "Simulated Fault", "This answer was made to fail.");
                return;
            case Fault.ErrorBody error:
                await exchange.Response.WriteAsJsonAsync(new { error = new { code = "internal", message = error.Message } }, exchange.Aborted);
                return;
            case Fault.Delay delay:
                await Task.Delay(delay.Before, time, exchange.Aborted);
                break;
        }

        await router.RouteAsync(exchange);
    }
}
