using System.CommandLine;

namespace Penstock.Cli.CommandLine;

/// <summary>Options that several commands have, worded once.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON, for machines." };

    public static Option<bool> Verbose() => new("--verbose", "-v") { Description = "Write the log to standard error." };

    public static Option<string> Pipelines() => new("--pipelines", "-p")
    {
        Description = "The folder that holds one folder a pipeline.",
        DefaultValueFactory = _ => "pipelines",
        HelpName = "DIR",
    };

    public static Option<string> Secrets() => new("--secrets")
    {
        Description = "A JSON file of secrets, {\"NAME\": \"VALUE\"}, asked after the environment variables PENSTOCK_SECRET_NAME.",
        DefaultValueFactory = _ => "secrets.json",
        HelpName = "FILE",
    };

    public static Option<string> Data() => new("--data", "-d")
    {
        Description = "The folder where everything is kept: raw and curated data, state, queues.",
        DefaultValueFactory = _ => "penstock-data",
        HelpName = "DIR",
    };
}
