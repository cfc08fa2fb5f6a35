using Azure.Core;
using Azure.Identity;

namespace Penstock.Cli.CommandLine;

/// <summary>What a command finds around it. Tests give their own.</summary>
internal sealed record Surroundings
{
    /// <summary>Results go here.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Opens what is read if no file is named.</summary>
    public Func<TextReader> OpenIn { get; init; } = () => new StreamReader(Console.OpenStandardInput());

    /// <summary>Opens where results go for bytes: messages of the Airbyte protocol.</summary>
    public Func<Stream> OpenOut { get; init; } = () => new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);

    /// <summary>Progress and errors go here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person watches: both are a terminal, and neither <c>CI</c> nor <c>NO_COLOR</c> is set.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Relative paths are relative to this folder.</summary>
    public string CurrentDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The folder of the sample pipelines that come with the tool.</summary>
    public string Samples { get; init; } = Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>What to write for <c>penstock</c>: from the sources there is no such command.</summary>
    public string Invocation { get; init; } = "penstock";

    /// <summary>A variable of the environment; null if it isn't set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Who signs in with Entra ID: whoever is signed in here.</summary>
    public Func<TokenCredential> Credential { get; init; } = () => new DefaultAzureCredential();

    public static Surroundings OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        IsTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected && !IsSet("CI") && !IsSet("NO_COLOR"),
        Invocation = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}") ? "dotnet run --project src/Penstock.Cli --" : "penstock",
    };

    /// <summary>The full path of a path as the user wrote it.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, CurrentDirectory);

    /// <summary>A path as short as it can be written here.</summary>
    public string ShortPath(string path)
    {
        string relative = Path.GetRelativePath(CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
