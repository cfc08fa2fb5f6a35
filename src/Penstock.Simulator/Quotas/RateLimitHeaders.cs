using Microsoft.AspNetCore.Http;

namespace Penstock.Simulator;

/// <summary>Writes what the quotas of a key have come to.</summary>
internal sealed class RateLimitHeaders(RateLimitHeaderOptions options)
{
    public void Write(IHeaderDictionary headers, KeyMeter.Permit permit, DateTimeOffset now)
    {
        var states = permit.States;
        if (states.Length == 0 || options.Lie == HeaderLie.Missing) return;
        var tightest = Tightest(states);
        if (options.StructuredFields) WriteStructuredFields(headers, states);
        if (options.Separate) WriteThree(headers, "RateLimit", tightest, ResetForm.DeltaSeconds, now);
        if (options.XRateLimit != ResetForm.None) WriteThree(headers, "X-RateLimit", tightest, options.XRateLimit, now);
        if (permit.Allowed || options.RetryAfter == RetryAfterForm.None) return;
        headers.RetryAfter = options.RetryAfter == RetryAfterForm.Date
            ? ResetText.Date(options, tightest.Wait, now)
            : ResetText.Delta(options, tightest.Wait);
    }

    private void WriteStructuredFields(IHeaderDictionary headers, ReadOnlySpan<QuotaState> states)
    {
        var policies = new List<string>(states.Length);
        var limits = new List<string>(states.Length);
        foreach (var state in states)
        {
            policies.Add($"\"{state.Name}\";q={state.Limit}" +
                (state.Window is { } window ? $";w={(long)Math.Ceiling(window.TotalSeconds)}" : ";qu=\"concurrent-requests\""));
            limits.Add($"\"{state.Name}\";r={Remaining(state)}" + (state.Reset is { } reset ? $";t={ResetText.Delta(options, reset)}" : ""));
        }

        headers["RateLimit-Policy"] = string.Join(", ", policies);
        headers["RateLimit"] = string.Join(", ", limits);
    }

    private void WriteThree(IHeaderDictionary headers, string prefix, QuotaState state, ResetForm form, DateTimeOffset now)
    {
        headers[prefix + "-Limit"] = state.Limit.ToString();
        headers[prefix + "-Remaining"] = Remaining(state).ToString();
        headers[prefix + "-Reset"] = ResetText.Of(options, form, state.Reset ?? state.Wait, now);
    }

    private int Remaining(QuotaState state) => options.Lie == HeaderLie.Negative ? -1 : state.Remaining;

    private static QuotaState Tightest(ReadOnlySpan<QuotaState> states)
    {
        var tightest = states[0];
        foreach (var state in states)
        {
            if (state.Wait > tightest.Wait || (state.Wait == tightest.Wait && state.Share < tightest.Share)) tightest = state;
        }

        return tightest;
    }
}
