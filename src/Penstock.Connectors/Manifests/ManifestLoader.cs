using Penstock.Connectors.Components;

namespace Penstock.Connectors.Manifests;

/// <summary>Loads a manifest: YAML, references, types, parameters, and a check of every component.</summary>
public static class ManifestLoader
{
    private static readonly string[] OnlyForReferences = ["definitions", "schemas", "metadata"];

    /// <summary>Loads a manifest. All problems are found, not only the first.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="fileName">The file's name, for problems.</param>
    /// <param name="components">The components of your own; none if null.</param>
    public static LoadedManifest Load(string text, string fileName, ConnectorComponents? components = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        var problems = new BuildProblems();
        if (YamlReader.Read(text, fileName, problems) is not { } source) return new(null, problems);
        if (source.Kind != NodeKind.Mapping)
        {
            problems.Add(new(ProblemSeverity.Error, fileName, source.Mark.Line, source.Mark.Column, "",
                "The manifest isn't a mapping.", "Write a DeclarativeSource: version, check, streams, spec."));
            return new(null, problems);
        }

        var resolver = new ReferenceResolver(source);
        var root = new ManifestNode(Resolved(source, resolver), new ManifestFile(fileName, problems, components ?? ConnectorComponents.None));
        if (resolver.HasBroken) ManifestValidator.TellBrokenReferences(root);
        ManifestValidator.Check(root);
        return new(root, problems);
    }

    private static SourceNode Resolved(SourceNode source, ReferenceResolver resolver)
    {
        var reachable = new SourceMap(source.Fields);
        foreach (var field in OnlyForReferences) reachable.Remove(field);
        if (!reachable.Has("type")) reachable.Set("type", SourceNode.OfScalar("DeclarativeSource", source.Mark));
        var resolved = resolver.Resolve(SourceNode.OfFields(reachable, source.Mark));
        return ComponentTyping.Apply(resolved, "", SourceMap.Empty);
    }
}

/// <summary>A loaded manifest.</summary>
/// <param name="Root">The resolved manifest; null if the text is no manifest at all.</param>
/// <param name="Problems">The problems found.</param>
public sealed record LoadedManifest(ManifestNode? Root, BuildProblems Problems);
