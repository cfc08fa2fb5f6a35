using System.CommandLine;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Operating;

/// <summary>How a command is let in where it asks: by a key, a token, or as one is signed in with Entra ID.</summary>
internal sealed class AccessOptions
{
    private readonly Option<string?> _key = new("--key") { Description = "A function key, or the key of the local host. Else PENSTOCK_KEY.", HelpName = "KEY" };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "A token of Entra ID, for example from 'az account get-access-token'. Else PENSTOCK_TOKEN.",
        HelpName = "TOKEN",
    };

    private readonly Option<string?> _entra = new("--entra")
    {
        Description = "Sign in with Entra ID as you are here (az login, a managed identity, …); the app's id or scope, for example api://APP-ID. Else PENSTOCK_ENTRA.",
        HelpName = "APP",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_key, _token, _entra])
            command.Add(option);
    }

    /// <summary>A client of the host at an address, which waits so long for an answer; null for as long as most take.</summary>
    public ApiClient Open(Uri url, ParseResult parsed, Surroundings surroundings, TimeSpan? patience = null)
    {
        string? token = parsed.GetValue(_token) ?? Of("PENSTOCK_TOKEN");
        // What is said on the command line goes before what the environment says.
        string? app = token is null || parsed.GetValue(_entra) is not null ? parsed.GetValue(_entra) ?? Of("PENSTOCK_ENTRA") : null;
        HttpMessageHandler handler = new SocketsHttpHandler();
        if (app is not null)
            handler = new EntraSignIn(surroundings.Credential(), EntraSignIn.ScopeOf(app), surroundings.Time) { InnerHandler = handler };
        return new ApiClient(url, parsed.GetValue(_key) ?? Of("PENSTOCK_KEY"), app is null ? token : null, handler, patience);

        // A variable of the environment stays out of the shell's history.
        string? Of(string name) => surroundings.Variable(name) is { Length: > 0 } value ? value : null;
    }
}
