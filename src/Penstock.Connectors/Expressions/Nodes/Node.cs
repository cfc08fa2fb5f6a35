using System.Runtime.CompilerServices;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary>A part of a template. It is declared (its names are found), bound (its names get slots), then run many times.</summary>
internal abstract class Node(int offset)
{
    /// <summary>Where it begins in the template, in UTF-16 units.</summary>
    public int Offset { get; } = offset;

    public virtual IEnumerable<Node> Children => [];

    /// <summary>Tells the scope which names are read and set, in the order in which that happens.</summary>
    public virtual void Declare(SymbolScope scope)
    {
        foreach (var child in Children)
            child.Declare(scope);
    }

    /// <summary>Resolves names to slots, once all names of the scope are known.</summary>
    public virtual void Bind(in Binding binding)
    {
        foreach (var child in Children)
            child.Bind(binding);
    }

    /// <summary>Whether a name is read here or below, blocks left out.</summary>
    public static bool Mentions(IEnumerable<Node> nodes, string name) =>
        nodes.Any(n => n is NameNode read ? read.Name == name : n is not BlockNode && Mentions(n.Children, name));

    /// <summary>This node and all below it.</summary>
    public IEnumerable<Node> Descendants() => Children.SelectMany(c => c.Descendants()).Prepend(this);
}

/// <summary>A part that has a value.</summary>
internal abstract class Expression(int offset) : Node(offset)
{
    /// <summary>Whether it depends on nothing outside of the template, so that Jinja evaluates it when it compiles.</summary>
    public virtual bool IsConstant => Children.All(c => c is Expression { IsConstant: true });

    public abstract Value Evaluate(Frame frame);
}

/// <summary>A part that does something: prints, sets, repeats.</summary>
internal abstract class Statement(int offset) : Node(offset)
{
    public abstract void Run(Frame frame);

    public static void RunAll(Statement[] body, Frame frame)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var statement in body)
        {
            frame.Evaluation.Step();
            frame.Offset = statement.Offset;
            statement.Run(frame);
        }
    }
}
