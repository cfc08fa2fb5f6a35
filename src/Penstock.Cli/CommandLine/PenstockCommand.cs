using System.CommandLine;

namespace Penstock.Cli.CommandLine;

/// <summary>A command whose help shows examples.</summary>
internal abstract class PenstockCommand : Command
{
    protected PenstockCommand(string name, string description, params (string Line, string Meaning)[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    /// <summary>Command lines without <c>penstock</c>, and what they do.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; }

    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken);
}
