using System.CommandLine;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Operating;

/// <summary>Where the API is, and how to be let in.</summary>
internal static class ApiOptions
{
    private static readonly Uri Local = new("http://127.0.0.1:7071");

    /// <summary>The key, where no option gives it: it stays out of the shell's history.</summary>
    public static string? KeyOfEnvironment => OfEnvironment("PENSTOCK_KEY");

    /// <summary>The token, where no option gives it.</summary>
    public static string? TokenOfEnvironment => OfEnvironment("PENSTOCK_TOKEN");

    public static Option<Uri> Url() => new("--url")
    {
        Description = "The address of a function app, or of a running 'penstock up'.",
        HelpName = "URL",
        DefaultValueFactory = _ => Local,
        CustomParser = result => Parsed.One(Address, "an address", "for example https://APP.azurewebsites.net")(result)!,
    };

    public static Option<string?> Key() => new("--key") { Description = "A function key, or the key of the local host. Else PENSTOCK_KEY.", HelpName = "KEY" };

    public static Option<string?> Token() => new("--token")
    {
        Description = "A token of Entra ID, for example from 'az account get-access-token'. Else PENSTOCK_TOKEN.",
        HelpName = "TOKEN",
    };

    private static string? OfEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? new Uri(url.GetLeftPart(UriPartial.Authority)) : null;
}
