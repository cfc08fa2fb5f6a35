using Penstock.Simulator;

namespace Penstock.Cli.Simulation;

/// <summary>Reads the ways in which limits are told.</summary>
internal static class RateHeaderText
{
    public const string Forms = "structured, separate, x-delta, x-epoch, x-epoch-ms, x-iso, date (Retry-After as a date), none, or a lie: missing, skewed, wrong-unit, negative";

    /// <summary>The options with one more way, or null if the text is none.</summary>
    public static RateLimitHeaderOptions? Add(RateLimitHeaderOptions options, string text) => text switch
    {
        "structured" => options with { StructuredFields = true },
        "separate" => options with { Separate = true },
        "x-delta" => options with { XRateLimit = ResetForm.DeltaSeconds },
        "x-epoch" => options with { XRateLimit = ResetForm.EpochSeconds },
        "x-epoch-ms" => options with { XRateLimit = ResetForm.EpochMilliseconds },
        "x-iso" => options with { XRateLimit = ResetForm.Iso },
        "date" => options with { RetryAfter = RetryAfterForm.Date },
        "none" => options with { RetryAfter = RetryAfterForm.None },
        "missing" => options with { Lie = HeaderLie.Missing },
        "skewed" => options with { Lie = HeaderLie.Skewed },
        "wrong-unit" => options with { Lie = HeaderLie.WrongUnit },
        "negative" => options with { Lie = HeaderLie.Negative },
        _ => null,
    };
}
