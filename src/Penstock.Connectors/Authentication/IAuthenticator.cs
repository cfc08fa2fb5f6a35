using Penstock.Connectors.Http;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Authentication;

/// <summary>Gives a request what it needs to be let in.</summary>
internal interface IAuthenticator
{
    /// <summary>What goes into the request; it may call the source for a token first.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken);

    /// <summary>Forgets the token, so that the next authorization gets a new one; false if there is no such token.</summary>
    bool Forget() => false;
}

/// <summary>What authentication gave.</summary>
internal abstract record Authorization;

/// <summary>Options for one place of the request.</summary>
internal sealed record Authorized(InjectInto Place, DictValue Options) : Authorization
{
    /// <summary>Nothing to add.</summary>
    public static Authorized Nothing { get; } = new(InjectInto.Header, new DictValue());

    /// <summary>A header.</summary>
    public static Authorized Header(string name, string value) =>
        new(InjectInto.Header, name.Length == 0 ? new DictValue() : new DictValue([KeyValuePair.Create<Value, Value>(name, value)]));
}

/// <summary>The call for a token didn't succeed: it must wait, or it failed.</summary>
internal sealed record NotAuthorized(SendOutcome Outcome) : Authorization;
