using Penstock.Connectors.Http;

namespace Penstock.Connectors.Authentication;

/// <summary>A token, or why there is none.</summary>
/// <param name="Text">The token; a secret.</param>
/// <param name="Failure">The wait or the failure of the call for it.</param>
internal sealed record Token(string Text, SendOutcome? Failure = null)
{
    public static Token Failed(SendOutcome failure) => new("", failure);

    /// <summary>Nothing of the token.</summary>
    public override string ToString() => Failure is null ? "a token" : "no token";
}
