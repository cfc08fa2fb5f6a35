using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Nodes;
using Penstock.Connectors.Expressions.Running;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// Which top-level fields of a mapping templates look at, so that the rest of a large document needn't be made into values.
/// </summary>
internal sealed class FieldUses
{
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);
    private readonly string _variable;

    private FieldUses(string variable) => _variable = variable;

    /// <summary>The fields; null if a template may look at any, hands the mapping on, or may change it.</summary>
    /// <param name="variable">The variable that holds the mapping, for example <c>record</c>.</param>
    /// <param name="templates">The templates' texts.</param>
    public static IReadOnlySet<string>? Of(string variable, params IEnumerable<string> templates)
    {
        var uses = new FieldUses(variable);
        return templates.All(uses.Visit) ? uses._fields : null;
    }

    private bool Visit(string template)
    {
        var parsed = Template.Parse(template);
        return parsed.Error is null && parsed.Body.All(Visit);
    }

    private bool Visit(Node node) => node switch
    {
        // Other statements may give the name another meaning.
        Statement and not (PrintNode or DataNode or SequenceNode or IfNode) => false,
        NameNode name => name.Name != _variable,
        AttributeNode access when IsVariable(access.Target) => !MethodTables.Dict.TryGet(access.Name, out _) && Add(access.Name),
        ItemNode { Key: ConstantNode { Value.AsText: { } key } } item when IsVariable(item.Target) => Add(key),
        CallNode call when IsGet(call, out var key) => Add(key) && call.Arguments.Positional.Skip(1).All(Visit),
        CompareNode { First: ConstantNode { Value.AsText: { } key }, Rest: [{ Key: CompareOperator.In or CompareOperator.NotIn, Value: var mapping }] } when IsVariable(mapping) => Add(key),
        _ => node.Children.All(Visit),
    };

    private bool IsGet(CallNode call, out string key)
    {
        var arguments = call.Arguments;
        key = arguments is { Positional: [ConstantNode { Value.AsText: { } text }, ..], Named: [], More: null, MoreNamed: null } ? text : "";
        return key.Length > 0 && call.Callee is AttributeNode { Name: "get" } access && IsVariable(access.Target);
    }

    private bool IsVariable(Expression expression) => expression is NameNode name && name.Name == _variable;

    private bool Add(string field)
    {
        _fields.Add(field);
        return true;
    }
}
