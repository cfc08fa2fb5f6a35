using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>
/// What a value of an ODCS document must be: the rules of the standard's JSON Schema, read natively so that each problem has its
/// line, its path and what to do.
/// </summary>
internal abstract class Shape
{
    /// <summary>What it is, in words: <c>a text</c>, <c>a list</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether the value is of this kind at all; what is inside may still be wrong.</summary>
    public abstract bool IsKind(YamlNode node);

    /// <summary>Adds what is wrong.</summary>
    public void Check(YamlNode node, string path, Problems problems)
    {
        if (IsKind(node))
            CheckInside(node, path, problems);
        else
            problems.Add(node.Line, path, $"must be {Kind}, but is {node.Kind}.", Advice(node));
    }

    protected virtual string Advice(YamlNode node) => $"Write {Kind}.";

    protected virtual void CheckInside(YamlNode node, string path, Problems problems)
    {
    }
}
