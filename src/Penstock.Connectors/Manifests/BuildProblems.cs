namespace Penstock.Connectors.Manifests;

/// <summary>The problems found so far. Not for concurrent use.</summary>
public sealed class BuildProblems
{
    // A hostile manifest must not turn into an endless report.
    private const int Most = 1000;
    private readonly List<BuildProblem> _all = [];
    private readonly HashSet<(string File, int Line, int Column, string Path, string Message)> _seen = [];

    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);

    /// <summary>All problems, in the order of finding; the same problem at the same place stands once.</summary>
    public IReadOnlyList<BuildProblem> All => _all;

    /// <summary>True if any problem is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>How often a problem was found, repeated ones included.</summary>
    internal int Found { get; private set; }

    /// <summary>Whether a problem with these words was found before, at whatever place; it counts as found again.</summary>
    internal bool Repeats(string message)
    {
        if (!_messages.Contains(message)) return false;
        Found++;
        return true;
    }

    /// <summary>Adds a problem.</summary>
    /// <param name="problem">The problem.</param>
    public void Add(BuildProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Found++;
        HasErrors |= problem.Severity == ProblemSeverity.Error;
        _messages.Add(problem.Message);
        var isNew = _seen.Add((problem.File, problem.Line, problem.Column, problem.Path, problem.Message));
        if (isNew && _all.Count < Most) _all.Add(problem);
    }
}
