using Penstock.Connectors.Errors;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Authentication;

/// <summary>What a token endpoint's answers mean: it tries again when the endpoint is busy or down, and nothing else.</summary>
/// <param name="isRevoked">Whether an answer says that the refresh token is no longer good.</param>
internal sealed class TokenErrorHandler(Func<AnswerView, bool> isRevoked) : IErrorHandler
{
    public int MaxRetries => 8;

    public TimeSpan MaxTime => TimeSpan.FromMinutes(5);

    public bool ReadsBody => true;

    public IReadOnlyList<IBackoffStrategy> Backoff => [];

    public Resolution Interpret(AnswerView answer)
    {
        if (answer.IsOk)
        {
            return Resolution.Success;
        }

        if (answer.Status == 429)
        {
            return new Resolution(ResponseAction.RateLimited, SourceErrorKind.Transient, "The token endpoint refuses more calls.");
        }

        if (answer.Status >= 500)
        {
            return new Resolution(ResponseAction.Retry, SourceErrorKind.Transient, "The token endpoint is down.");
        }

        return new Resolution(ResponseAction.Fail, SourceErrorKind.Config, isRevoked(answer)
            ? "The refresh token is invalid or expired. Authenticate again and put the new token into the config."
            : "The token endpoint refuses the credential. Check client id, client secret and grant.");
    }
}
