using Penstock.Connectors.Http;

namespace Penstock.Connectors.Authentication;

/// <summary>An authenticator that looks at each call, and learns from its answer.</summary>
internal interface ICallAuthenticator : IAuthenticator
{
    /// <summary>What goes into a request.</summary>
    /// <param name="call">The request without it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask<Authorization> AuthorizeAsync(HttpCall call, CancellationToken cancellationToken);

    /// <summary>Takes note of an answer.</summary>
    void Learn(HttpCall call, int status, AnswerHeaders headers);

    /// <summary>Whether another token can make the call now that the source refused this one for its rate.</summary>
    bool HasAlternative(HttpCall call);
}
