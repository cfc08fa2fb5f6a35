using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>A time zone with a fixed offset.</summary>
internal sealed class ZoneValue : ObjectValue, IHasMethods
{
    private readonly string _name;
    private readonly string _repr;

    private ZoneValue(TimeSpan offset, string name, string repr) => (Offset, _name, _repr) = (offset, name, repr);

    /// <summary>Python's own UTC: that of <c>now_utc()</c>.</summary>
    public static ZoneValue Utc { get; } = new(TimeSpan.Zero, "UTC", "datetime.timezone.utc");

    /// <summary>The UTC of pytz: that of <c>str_to_datetime()</c>. It differs in how it prints inside of lists.</summary>
    public static ZoneValue PytzUtc { get; } = new(TimeSpan.Zero, "UTC", "<UTC>");

    public TimeSpan Offset { get; }

    public string Name => _name;

    public override string TypeName => "datetime.timezone";

    public override bool IsTruthy => true;

    public FunctionTable Methods => Table;

    private static FunctionTable Table { get; } = new()
    {
        { "tzname", "self, dt, /", (_, a) => Self(a)._name },
        { "utcoffset", "self, dt, /", (_, a) => TimedeltaValue.Of(Self(a).Offset) },
    };

    public static ZoneValue Of(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero)
            return Utc;
        var size = offset.Duration();
        return new ZoneValue(offset, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{size:hh\\:mm}", $"datetime.timezone({TimedeltaValue.Of(offset).ToRepr()})");
    }

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is ZoneValue zone && zone.Offset == Offset;

    internal override int HashCode() => Offset.GetHashCode();

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append(_repr);

    internal override void AppendText(StringBuilder target) => target.Append(_name);

    private static ZoneValue Self(Value[] a) => (ZoneValue)a[0].AsObject!;
}
