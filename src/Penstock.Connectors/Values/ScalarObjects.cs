using System.Numerics;
using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>An integer beyond 64 bits; <see cref="Value.Of(BigInteger)"/> never makes one for a smaller number.</summary>
internal sealed class BigIntValue(BigInteger number) : ObjectValue
{
    public BigInteger Number { get; } = number;

    public override ValueKind Kind => ValueKind.Int;

    public override string TypeName => "int";

    public override bool IsTruthy => true;

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is BigIntValue big && big.Number == Number;

    internal override int HashCode() => Number.GetHashCode();

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append(IntegerText.Format(Number));
}

/// <summary>A complex number: only the literals of a printed list or mapping can make one.</summary>
internal sealed class ComplexValue(Complex number) : ObjectValue
{
    public Complex Number { get; } = number;

    public override string TypeName => "complex";

    public override bool IsTruthy => Number != Complex.Zero;

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is ComplexValue complex && complex.Number == Number;

    internal override int HashCode() => Number.GetHashCode();

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        var imaginary = FloatText.Repr(Number.Imaginary, alwaysFraction: false) + "j";
        if (Number.Real == 0 && !double.IsNegative(Number.Real))
            target.Append(imaginary);
        else
            target.Append('(').Append(FloatText.Repr(Number.Real, alwaysFraction: false))
                .Append(imaginary[0] == '-' ? "" : "+").Append(imaginary).Append(')');
    }
}

/// <summary>The literal <c>...</c>.</summary>
internal sealed class EllipsisValue : ObjectValue
{
    public static readonly EllipsisValue Instance = new();

    public override string TypeName => "ellipsis";

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append("Ellipsis");
}

/// <summary>A text that is already escaped for HTML: what it is joined with gets escaped.</summary>
internal sealed class MarkupValue(string text) : ObjectValue
{
    public string Text { get; } = text;

    public override ValueKind Kind => ValueKind.Str;

    public override string TypeName => "Markup";

    public override bool IsTruthy => Text.Length > 0;

    public override long? Length => CodePoints.Count(Text);

    public override IEnumerable<Value> Items => CodePoints.Each(Text);

    internal override int HashCode() => StringComparer.Ordinal.GetHashCode(Text);

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        target.Append("Markup(");
        TextRepr.Append(target, Text);
        target.Append(')');
    }

    internal override void AppendText(StringBuilder target) => target.Append(Text);
}
