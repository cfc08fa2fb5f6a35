namespace Penstock.Simulator;

/// <summary>Which headers tell a caller about its limits, and whether they tell the truth.</summary>
public sealed record RateLimitHeaderOptions
{
    /// <summary>The form of <c>Retry-After</c> on a 429 (RFC 9110, 10.2.3). Default: seconds.</summary>
    public RetryAfterForm RetryAfter { get; init; } = RetryAfterForm.Seconds;

    /// <summary><c>RateLimit</c> and <c>RateLimit-Policy</c> as structured fields (draft-ietf-httpapi-ratelimit-headers-10), one item a quota. Default false.</summary>
    public bool StructuredFields { get; init; }

    /// <summary><c>RateLimit-Limit</c>, <c>-Remaining</c> and <c>-Reset</c> (delta seconds; the draft's earlier form) of the tightest quota. Default false.</summary>
    public bool Separate { get; init; }

    /// <summary><c>X-RateLimit-Limit</c>, <c>-Remaining</c> and <c>-Reset</c> of the tightest quota, with the reset in this form. Default: not sent.</summary>
    public ResetForm XRateLimit { get; init; } = ResetForm.None;

    /// <summary>In which way the headers are wrong. Default: they are right.</summary>
    public HeaderLie Lie { get; init; } = HeaderLie.None;

    /// <summary>By how much <see cref="HeaderLie.Skewed"/> resets are late, or early when negative. Default one hour late.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far the server's clock is ahead; its <c>Date</c> header and every absolute time say so alike. Default zero.</summary>
    public TimeSpan ClockAhead { get; init; }

    internal void Validate()
    {
        Check.That(Enum.IsDefined(RetryAfter), nameof(RetryAfter), RetryAfter, "one of " + string.Join(", ", Enum.GetNames<RetryAfterForm>()));
        Check.That(Enum.IsDefined(XRateLimit), nameof(XRateLimit), XRateLimit, "one of " + string.Join(", ", Enum.GetNames<ResetForm>()));
        Check.That(Enum.IsDefined(Lie), nameof(Lie), Lie, "one of " + string.Join(", ", Enum.GetNames<HeaderLie>()));
    }
}

/// <summary>The forms of <c>Retry-After</c>.</summary>
public enum RetryAfterForm
{
    /// <summary>Not sent.</summary>
    None,

    /// <summary>Seconds to wait.</summary>
    Seconds,

    /// <summary>An HTTP-date.</summary>
    Date,
}

/// <summary>The forms in which APIs say when a limit resets.</summary>
public enum ResetForm
{
    /// <summary>Not sent.</summary>
    None,

    /// <summary>Seconds from now.</summary>
    DeltaSeconds,

    /// <summary>Seconds since 1970.</summary>
    EpochSeconds,

    /// <summary>Milliseconds since 1970.</summary>
    EpochMilliseconds,

    /// <summary>ISO 8601, UTC.</summary>
    Iso,
}

/// <summary>The ways in which limit headers are wrong in the wild.</summary>
public enum HeaderLie
{
    /// <summary>They are right.</summary>
    None,

    /// <summary>None is sent.</summary>
    Missing,

    /// <summary>Every reset is off by <see cref="RateLimitHeaderOptions.Skew"/>.</summary>
    Skewed,

    /// <summary>Milliseconds where seconds are meant, and the other way round.</summary>
    WrongUnit,

    /// <summary>Negative numbers, and dates in the past.</summary>
    Negative,
}
