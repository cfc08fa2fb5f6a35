using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Penstock.Cli.CommandLine;

/// <summary>Help, then examples, then the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyList<(string Line, string Meaning)> rootExamples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int result = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command is PenstockCommand command ? command.Examples : rootExamples;
        output.WriteLine("Examples:");
        int width = examples.Max(example => example.Line.Length);
        foreach ((string line, string meaning) in examples)
            output.WriteLine(line.Length > 44 ? $"  penstock {line}\n      {meaning}" : $"  penstock {line.PadRight(Math.Min(width, 44))}  {meaning}");
        output.WriteLine();
        output.WriteLine("Exit codes:");
        output.WriteLine($"  {ExitCode.Help}");
        output.WriteLine();
        return result;
    }
}
