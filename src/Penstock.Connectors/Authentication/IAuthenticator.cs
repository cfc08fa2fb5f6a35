using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Authentication;

/// <summary>Gives a request what it needs to be let in.</summary>
public interface IAuthenticator
{
    /// <summary>What goes into the request; it may call the source for a token first.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken);

    /// <summary>Forgets the token, so that the next authorization gets a new one; false if there is no such token.</summary>
    bool Forget() => false;
}

/// <summary>What authentication gave.</summary>
public abstract record Authorization
{
    private protected Authorization() { }

    /// <summary>What came of a call for a token that gave none.</summary>
    internal static Authorization Of(SendOutcome outcome) => outcome switch
    {
        MustWait wait => new AuthorizationWaits(wait.Until, wait.Reason),
        SendFailed failed => new AuthorizationFailed(failed.Error),
        _ => throw SourceFaultException.System("The source asked to begin the paging again when it was asked for a token."),
    };
}

/// <summary>Options for one place of the request.</summary>
/// <param name="Place">The place.</param>
/// <param name="Options">What goes there, by name. In headers it never goes to another host, and never into a log.</param>
public sealed record Authorized(InjectInto Place, DictValue Options) : Authorization
{
    /// <summary>Nothing to add.</summary>
    public static Authorized Nothing { get; } = new(InjectInto.Header, new DictValue());

    /// <summary>A header.</summary>
    public static Authorized Header(string name, string value) =>
        new(InjectInto.Header, name.Length == 0 ? new DictValue() : new DictValue([KeyValuePair.Create<Value, Value>(name, value)]));
}

/// <summary>The quota or the source asks to wait before there can be a token.</summary>
/// <param name="Until">When to try again.</param>
/// <param name="Reason">Why, in words for an operator.</param>
public sealed record AuthorizationWaits(DateTimeOffset Until, string Reason) : Authorization;

/// <summary>There is no token to be had.</summary>
/// <param name="Error">Why; never with a secret in it.</param>
public sealed record AuthorizationFailed(SourceError Error) : Authorization;
