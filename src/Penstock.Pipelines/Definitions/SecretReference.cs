namespace Penstock.Pipelines.Definitions;

/// <summary>A place of a pipeline's file that names a secret.</summary>
/// <param name="Name">The secret's name.</param>
/// <param name="File">The file, relative to the pipelines' folder.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The path in the file, for example <c>config.api_key</c>.</param>
public sealed record SecretReference(string Name, string File, int Line, string Path)
{
    private const string Prefix = "secret:";

    /// <summary>The name in a text <c>secret:NAME</c>; null if the text is no reference.</summary>
    public static string? NameIn(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : null;

    /// <summary>The problem that this place has if there is no such secret.</summary>
    public DefinitionProblem Missing() => new(
        File, Line, Path, $"There is no secret '{Name}'.", $"Locally set {Variable} or write it to secrets.json, in Azure add it to the key vault; or correct the name.");

    private string Variable => $"PENSTOCK_SECRET_{Name.Replace('-', '_').ToUpperInvariant()}";
}
