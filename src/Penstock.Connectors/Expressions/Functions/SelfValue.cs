using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>The name <c>self</c>: the template itself. Its attributes would be blocks of a layout, so all are undefined.</summary>
internal sealed class SelfValue : ObjectValue
{
    public const string Name = "self";

    public static Value Instance { get; } = new SelfValue();

    public override string TypeName => "TemplateReference";

    public override bool IsTruthy => true;

    public override IEnumerable<Value> Items => Array.Empty<Value>().Append(Value.None).Select(_ => NoBlock());

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append("<TemplateReference None>");

    private static Value NoBlock() => throw new ValueException(ValueErrorKind.Key, "the template has no such block");
}
