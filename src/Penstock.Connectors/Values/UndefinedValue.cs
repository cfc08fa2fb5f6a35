using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>What a lookup gave that found nothing. It prints as nothing and is false; every other use is an error.</summary>
internal sealed class UndefinedValue(string message, ValueErrorKind errorKind = ValueErrorKind.Undefined) : ObjectValue
{
    public static readonly UndefinedValue Anonymous = new("value is undefined");

    public override ValueKind Kind => ValueKind.Undefined;

    public override string TypeName => "Undefined";

    public override long? Length => 0;

    public override IEnumerable<Value> Items => [];

    /// <summary>What to throw when it is used: undefined, or security for a forbidden attribute.</summary>
    public ValueException Error() => new(errorKind, message);

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is UndefinedValue;

    internal override int HashCode() => 0;

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append("Undefined");

    internal override void AppendText(StringBuilder target) { }
}
