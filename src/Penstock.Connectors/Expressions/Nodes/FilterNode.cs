using Penstock.Connectors.Expressions.Filters;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Expressions.Syntax;
using Penstock.Connectors.Expressions.Tests;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary><c>target | name(arguments)</c>. Without a target it stands in a filter block.</summary>
internal sealed class FilterNode(int offset, Expression? target, string name, ArgumentNodes arguments) : Expression(offset)
{
    private readonly NativeFunction? _filter = AllFilters.Find(name);

    public override bool IsConstant => target is not null && base.IsConstant
        && name is not ("map" or "select" or "reject" or "selectattr" or "rejectattr" or "random");

    public override IEnumerable<Node> Children => target is null ? arguments.Children : [target, .. arguments.Children];

    public override void Bind(in Binding binding)
    {
        if (_filter is null && !binding.Soft)
            throw new SyntaxException($"there is no filter '{name}'", Offset, ValueErrorKind.UnknownFilterOrTest);
        base.Bind(binding);
    }

    public override Value Evaluate(Frame frame) => Apply(frame, target!.Evaluate(frame));

    public Value Apply(Frame frame, in Value input)
    {
        // The filter chain below a filter block ends in the block's text.
        var given = arguments.Evaluate(frame, input);
        return _filter is null ? throw AllFilters.Unknown(name) : _filter.Call(frame.Evaluation, given);
    }

    /// <summary>Applies a filter block's chain of filters to the block's text.</summary>
    public Value ApplyChain(Frame frame, in Value input) =>
        Apply(frame, target is FilterNode inner ? inner.ApplyChain(frame, input) : input);
}

/// <summary><c>target is name(arguments)</c>.</summary>
internal sealed class TestNode(int offset, Expression target, string name, ArgumentNodes arguments) : Expression(offset)
{
    private readonly NativeFunction? _test = AllTests.Find(name);

    public override IEnumerable<Node> Children => [target, .. arguments.Children];

    public override void Bind(in Binding binding)
    {
        if (_test is null && !binding.Soft)
            throw new SyntaxException($"there is no test '{name}'", Offset, ValueErrorKind.UnknownFilterOrTest);
        base.Bind(binding);
    }

    public override Value Evaluate(Frame frame)
    {
        var given = arguments.Evaluate(frame, target.Evaluate(frame));
        return _test is null ? throw AllTests.Unknown(name) : _test.Call(frame.Evaluation, given);
    }
}
