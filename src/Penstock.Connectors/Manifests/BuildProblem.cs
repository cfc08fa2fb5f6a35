namespace Penstock.Connectors.Manifests;

/// <summary>Something in a manifest that keeps a part of it from working. Problems are collected; one never hides the next.</summary>
/// <param name="Severity">Whether the part can't work, or works but should be looked at.</param>
/// <param name="File">The manifest's file name.</param>
/// <param name="Line">The line, from 1; 0 if the problem has no place.</param>
/// <param name="Column">The column, from 1; 0 if the problem has no place.</param>
/// <param name="Path">The place in the resolved manifest, for example <c>streams[2].retriever.requester</c>; empty for the whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
public sealed record BuildProblem(ProblemSeverity Severity, string File, int Line, int Column, string Path, string Message, string Fix)
{
    /// <summary>One line: <c>file(line,column): path: what is wrong. What to do.</c></summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}({Line},{Column})" : File;
        var path = Path.Length > 0 ? $" {Path}:" : "";
        return $"{place}:{path} {Message} {Fix}";
    }
}

/// <summary>What a problem means for the part of the manifest that has it.</summary>
public enum ProblemSeverity
{
    /// <summary>It works, and should be looked at.</summary>
    Warning,

    /// <summary>It can't work.</summary>
    Error,
}
