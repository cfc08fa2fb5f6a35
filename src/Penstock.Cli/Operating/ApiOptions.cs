using System.CommandLine;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Operating;

/// <summary>Where the API is.</summary>
internal static class ApiOptions
{
    private static readonly Uri Local = new("http://127.0.0.1:7071");

    /// <summary>The address; the local host by default.</summary>
    public static Option<Uri> Url() => new("--url")
    {
        Description = "The address of a function app, or of a running 'penstock up'.",
        HelpName = "URL",
        DefaultValueFactory = _ => Local,
        CustomParser = result => Parsed.One(Address, "an address", "for example https://APP.azurewebsites.net")(result)!,
    };

    /// <summary>The address, for commands that look into folders where none is given.</summary>
    public static Option<Uri?> UrlInstead() => new("--url")
    {
        Description = "Ask a function app, or a running 'penstock up', instead of looking into folders.",
        HelpName = "URL",
        CustomParser = Parsed.One(Address, "an address", "for example http://localhost:7071"),
    };

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? new Uri(url.GetLeftPart(UriPartial.Authority)) : null;
}
