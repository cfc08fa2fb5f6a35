namespace Penstock.Connectors.Budgets;

/// <summary>What an answer's headers tell of limits.</summary>
/// <param name="RetryAt">When the source wants to be called again; null if it doesn't say.</param>
/// <param name="Quotas">The limits it tells of, by name.</param>
internal sealed record RateReading(DateTimeOffset? RetryAt, IReadOnlyList<KeyValuePair<string, QuotaReading>> Quotas);

/// <summary>One limit as told; what isn't told is null.</summary>
internal sealed record QuotaReading(int? Limit, int? Remaining, DateTimeOffset? ResetAt, TimeSpan? Window)
{
    /// <summary>The quota, if enough was told to keep it.</summary>
    public Quota? ToQuota(DateTimeOffset now)
    {
        if (Remaining is not { } remaining || (ResetAt ?? now + Window) is not { } reset || reset <= now)
        {
            return null;
        }

        // A header may say that more is left than there ever is.
        return new Quota(Limit is { } limit && limit < remaining ? limit : remaining, reset, Limit, Window, remaining, IsTrusted: false);
    }
}
