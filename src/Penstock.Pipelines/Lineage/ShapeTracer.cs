using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Lineage;

/// <summary>Traces a curated field back through the changes of its stream's shape, to the fields of the raw record that it is made of.</summary>
/// <param name="shape">The shape.</param>
internal sealed partial class ShapeTracer(RecordShape shape)
{
    private const string Same = "identity";

    /// <summary>The raw fields behind a curated one, and what was done on the way.</summary>
    public (IReadOnlyList<string> Inputs, string Change) Trace(string path)
    {
        var inputs = new List<string> { path };
        string change = Same;
        foreach (ShapeStep step in shape.Steps.Reverse())
        {
            (List<string> before, string? what) = Before(step, inputs);
            inputs = before;
            // What computes a value says more of it than what gives it another name.
            if (what is not null && (change == Same || what.StartsWith("derive", StringComparison.Ordinal)))
                change = what;
        }

        return ([.. inputs.Distinct()], change);
    }

    private static (List<string> Inputs, string? Change) Before(ShapeStep step, List<string> inputs)
    {
        string? change = null;
        switch (step)
        {
            case RenameStep rename:
                foreach ((IReadOnlyList<string> from, string to) in rename.Names)
                    inputs = [.. inputs.Select(path => Within(path, to) ? Noted("rename", string.Join('.', from) + path[to.Length..]) : path)];
                break;
            case DeriveStep derive:
                // A later member sees an earlier one, so the last comes first.
                foreach ((string name, string template) in derive.Members.Reverse())
                    inputs = [.. inputs.SelectMany(path => Within(path, name) ? Noted($"derive: {template}", UsesOf(template)) : [path])];
                break;
            case FlattenStep { Member: { } member } flatten:
                string prefix = flatten.Prefix ?? member + "_";
                inputs = [.. inputs.Select(path => prefix.Length > 0 && path.StartsWith(prefix, StringComparison.Ordinal) ? Noted("flatten", $"{member}.{path[prefix.Length..]}") : path)];
                break;
            case FlattenStep:
                // Which underscore was a level is only known of a record.
                change = inputs.Any(path => path.Contains('_', StringComparison.Ordinal)) ? "flatten" : null;
                break;
            case ManifestStep:
                change = "transformation of the manifest";
                break;
        }

        return (inputs, change);

        T Noted<T>(string what, T value)
        {
            change = what;
            return value;
        }
    }

    private static bool Within(string path, string name) => path == name || path.StartsWith(name + ".", StringComparison.Ordinal);

    // A template may name a record's members in either way; one that names none makes its value of nothing.
    private static List<string> UsesOf(string template) =>
        [.. Use().Matches(template).Select(use => use.Groups["dotted"].Success ? use.Groups["dotted"].Value : use.Groups["quoted"].Value)];

    [GeneratedRegex(@"\brecord(\.(?<dotted>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)(?!\w*\()|\[\s*['""](?<quoted>[^'""]+)['""]\s*\])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Use();
}
