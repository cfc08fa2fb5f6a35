using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Penstock.Cli.Commands;
using Penstock.Cli.Operating;
using Penstock.Cli.Commands.Contracts;

namespace Penstock.Cli.CommandLine;

/// <summary>The command line <c>penstock</c>: parses, runs one command, and turns whatever happens into an exit code.</summary>
internal static class PenstockCommandLine
{
    private const string Description =
        "Penstock brings data from SaaS APIs and event streams into Azure at the rate the sources allow, without losing a drop.\n"
        + "Everything here runs locally: no account, no service, nothing but the .NET SDK.";

    private static readonly (string, string)[] Examples =
    [
        ("demo", "the whole path of a record on real data, in seconds"),
        ("validate", "checks every pipeline in ./pipelines"),
        ("sync earthquakes", "pulls, lands and curates one pipeline until it is quiet"),
        ("COMMAND --help", "what a command does, with examples"),
    ];

    public static async Task<int> RunAsync(string[] args, Surroundings surroundings, CancellationToken cancellationToken = default)
    {
        RootCommand root = Create(surroundings);
        ParseResult parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction errors)
            errors.ShowHelp = false;
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                // Without it Ctrl+C and SIGTERM cancel nothing.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
            };
            int result = await parsed.InvokeAsync(configuration, cancellationToken);
            return parsed.Action is ParseErrorAction ? Refuse(parsed, surroundings) : result;
        }
        catch (OperationCanceledException)
        {
            surroundings.Error.WriteLine("Stopped. What was committed is kept; the same command takes it up again.");
            return ExitCode.Stopped;
        }
        catch (Exception unexpected)
        {
            return Failure.Report(unexpected, args, surroundings);
        }
    }

    private static RootCommand Create(Surroundings surroundings)
    {
        var root = new RootCommand(Description)
        {
            new DemoCommand(surroundings),
            new SyncCommand(surroundings),
            new StatusCommand(surroundings),
            new QuarantineCommand(surroundings),
            new EraseCommand(surroundings),
            new AuditCommand(surroundings),
            new TraceCommand(surroundings),
            new CatalogCommand(surroundings),
            new LineageCommand(surroundings),
            new CostCommand(surroundings),
            new DbtCommand(surroundings),
            new ValidateCommand(surroundings),
            new ContractCommand(surroundings),
            new SimulateCommand(surroundings),
            new UpCommand(surroundings),
            new WorkCommand(surroundings),
            new SpecCommand(surroundings),
            new CheckCommand(surroundings),
            new DiscoverCommand(surroundings),
            new ReadCommand(surroundings),
            new EvalCommand(surroundings),
        };
        foreach (Command command in OperatorCommands.Create(surroundings))
            root.Add(command);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, Examples);
        root.SetAction(parsed => help.Action is SynchronousCommandLineAction action ? action.Invoke(parsed) : ExitCode.Ok);
        return root;
    }

    private static int Refuse(ParseResult parsed, Surroundings surroundings)
    {
        string command = parsed.CommandResult.Command is RootCommand ? "penstock" : $"penstock {parsed.CommandResult.Command.Name}";
        surroundings.Error.WriteLine($"Run '{command} --help' to see what there is.");
        return ExitCode.BadInput;
    }
}
