namespace Penstock.Connectors.Errors;

/// <summary>What to do with an answer.</summary>
public enum ResponseAction
{
    /// <summary>Read it.</summary>
    Success,

    /// <summary>End with an error.</summary>
    Fail,

    /// <summary>Try again.</summary>
    Retry,

    /// <summary>Go on as if it were empty.</summary>
    Ignore,

    /// <summary>Try again when the source allows it.</summary>
    RateLimited,

    /// <summary>Begin the slice again, or a smaller one.</summary>
    ResetPagination,

    /// <summary>Renew the token and try again.</summary>
    RefreshTokenThenRetry,
}
