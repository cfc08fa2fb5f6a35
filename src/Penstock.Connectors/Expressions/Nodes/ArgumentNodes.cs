using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary>The arguments of a call, a filter or a test: <c>a, b, key=c, *more, **named</c>.</summary>
internal sealed record ArgumentNodes(
    Expression[] Positional, KeyValuePair<string, Expression>[] Named, Expression? More, Expression? MoreNamed)
{
    public static readonly ArgumentNodes None = new([], [], null, null);

    public IEnumerable<Node> Children =>
        [.. Positional, .. Named.Select(n => n.Value), .. new[] { More, MoreNamed }.OfType<Node>()];

    /// <summary>Evaluates them, behind the value that a filter, a test or a method is about.</summary>
    public Arguments Evaluate(Frame frame, in Value first)
    {
        if (More is null && MoreNamed is null && Named.Length == 0)
        {
            var values = new Value[Positional.Length + 1];
            values[0] = first;
            for (var i = 0; i < Positional.Length; i++)
                values[i + 1] = Positional[i].Evaluate(frame);
            return new Arguments(values, Arguments.NoNames);
        }

        return Evaluate(frame).Behind(first);
    }

    public Arguments Evaluate(Frame frame)
    {
        var positional = new List<Value>(Positional.Length);
        foreach (var argument in Positional)
            positional.Add(argument.Evaluate(frame));
        if (More is not null)
            positional.AddRange(Iteration.Each(frame.Evaluation, More.Evaluate(frame)));
        if (Named.Length == 0 && MoreNamed is null)
            return new Arguments([.. positional], Arguments.NoNames);
        var named = new List<KeyValuePair<string, Value>>();
        foreach (var (name, argument) in Named)
            named.Add(new(name, argument.Evaluate(frame)));
        if (MoreNamed is not null)
            AddNamed(frame, named, MoreNamed.Evaluate(frame));
        return new Arguments([.. positional], named);
    }

    private static void AddNamed(Frame frame, List<KeyValuePair<string, Value>> named, in Value mapping)
    {
        if (mapping.AsObject is not (DictValue or IMappingValue))
            throw ValueException.Type($"argument after ** must be a mapping, not {mapping.TypeName}");
        foreach (var key in Iteration.Each(frame.Evaluation, mapping))
        {
            Access.TryItem(mapping, key, out var value);
            var name = key.AsText ?? throw ValueException.Type("keywords must be strings");
            if (named.Exists(n => n.Key == name))
                throw ValueException.Type($"got multiple values for keyword argument '{name}'");
            named.Add(new(name, value));
        }
    }
}
