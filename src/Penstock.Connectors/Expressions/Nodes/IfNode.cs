using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;

namespace Penstock.Connectors.Expressions.Nodes;

/// <param name="Test">When.</param>
/// <param name="Body">Then.</param>
internal sealed record IfBranch(Expression Test, Statement[] Body);

/// <summary><c>{% if %}…{% elif %}…{% else %}…{% endif %}</c>.</summary>
internal sealed class IfNode(int offset, IfBranch[] branches, Statement[] otherwise) : Statement(offset)
{
    public override IEnumerable<Node> Children => [.. branches.SelectMany(b => b.Body.Prepend<Node>(b.Test)), .. otherwise];

    public override void Declare(SymbolScope scope)
    {
        branches[0].Test.Declare(scope);
        var first = scope.Branch();
        Array.ForEach(branches[0].Body, s => s.Declare(first));
        var middle = scope.Branch();
        foreach (var (test, body) in branches.Skip(1))
            DeclareLater(middle, test, body);
        var last = scope.Branch();
        Array.ForEach(otherwise, s => s.Declare(last));
        scope.Merge([first, middle, last]);
    }

    // Each elif is an if of its own, with no else.
    private static void DeclareLater(SymbolScope scope, Expression test, Statement[] body)
    {
        test.Declare(scope);
        var taken = scope.Branch();
        Array.ForEach(body, s => s.Declare(taken));
        scope.Merge([taken, scope.Branch(), scope.Branch()]);
    }

    public override void Bind(in Binding binding) => base.Bind(binding.Softly());

    public override void Run(Frame frame)
    {
        foreach (var (test, body) in branches)
        {
            if (test.Evaluate(frame).IsTruthy)
            {
                RunAll(body, frame);
                return;
            }
        }

        RunAll(otherwise, frame);
    }
}
