using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>The methods of datetimes.</summary>
internal static class DatetimeMethods
{
    public static FunctionTable Table { get; } = new()
    {
        DateMethods.Common,
        { "astimezone", "self, tz=None", AsTimezone },
        { "ctime", "self, /", (e, a) => Self(a).Strftime(e, "%a %b %e %H:%M:%S %Y") },
        { "date", "self, /", (_, a) => new DateValue(DateOnly.FromDateTime(Self(a).Local)) },
        { "dst", "self, /", (_, a) => Self(a).Zone == ZoneValue.PytzUtc ? TimedeltaValue.Of(TimeSpan.Zero) : Value.None },
        { "fromisoformat", "self, text, /", FromIso },
        { "fromtimestamp", "self, timestamp, tz=None", FromTimestamp },
        { "isoformat", "self, sep='T', timespec='auto'", (_, a) => IsoText.Format(Self(a), Separator(a[1]), TextMethods.Need(a[2])) },
        { "now", "self, tz=None", (e, a) => new DatetimeValue(e.Context.Time.GetUtcNow().UtcDateTime, Zone(a[1])) },
        { "replace", "self, year=?, month=?, day=?, hour=?, minute=?, second=?, microsecond=?, tzinfo=?, *, fold=0", Replace },
        { "strftime", "self, format", (e, a) => Self(a).Strftime(e, TextMethods.Need(a[1])) },
        { "strptime", "self, text, format, /", (_, a) => Strptime(TextMethods.Need(a[1]), TextMethods.Need(a[2])) },
        { "time", "self, /", (_, a) => new TimeValue(Self(a).Local.TimeOfDay, null) },
        { "timestamp", "self, /", (_, a) => Timestamp(Self(a)) },
        { "timetz", "self, /", (_, a) => new TimeValue(Self(a).Local.TimeOfDay, Self(a).Zone) },
        { "today", "self, /", (e, _) => new DatetimeValue(e.Context.Time.GetUtcNow().UtcDateTime, null) },
        { "tzname", "self, /", (_, a) => Self(a).Zone?.Name },
        { "utcnow", "self, /", (e, _) => new DatetimeValue(e.Context.Time.GetUtcNow().UtcDateTime, null) },
        { "utcoffset", "self, /", (_, a) => Self(a).Zone is { } zone ? TimedeltaValue.Of(zone.Offset) : Value.None },
    };

    /// <summary>Seconds since 1970, as a float.</summary>
    public static double Timestamp(DatetimeValue datetime) =>
        (datetime.Instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond / 1e6;

    /// <summary>Python's <c>datetime.strptime</c>: naive unless the text has an offset.</summary>
    public static DatetimeValue Strptime(string text, string format)
    {
        if (StrptimePattern.Compile(format) is not { } pattern || !pattern.TryParse(text, out var parsed))
            throw ValueException.Bad("a text doesn't fit the datetime format it should have");
        var hasOffset = format.Replace("%%", "", StringComparison.Ordinal).Contains("%z", StringComparison.Ordinal);
        return hasOffset ? new DatetimeValue(parsed) : new DatetimeValue(parsed.DateTime, null);
    }

    private static Value Replace(Evaluation evaluation, Value[] a)
    {
        var local = Self(a).Local;
        var date = DateMethods.Build(DateMethods.Or(a[1], local.Year), DateMethods.Or(a[2], local.Month), DateMethods.Or(a[3], local.Day));
        var hour = InRange(DateMethods.Or(a[4], local.Hour), 23, "hour");
        var minute = InRange(DateMethods.Or(a[5], local.Minute), 59, "minute");
        var second = InRange(DateMethods.Or(a[6], local.Second), 59, "second");
        var microsecond = InRange(DateMethods.Or(a[7], local.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond), 999_999, "microsecond");
        var time = new TimeSpan(0, (int)hour, (int)minute, (int)second) + TimeSpan.FromMicroseconds(microsecond);
        return new DatetimeValue(date.ToDateTime(TimeOnly.MinValue) + time, Signature.IsAbsent(a[8]) ? Self(a).Zone : Zone(a[8]));
    }

    private static Value AsTimezone(Evaluation evaluation, Value[] a)
    {
        var zone = a[1].IsNone ? ZoneValue.Utc : Zone(a[1])!;
        return new DatetimeValue(Shifts.Add(Self(a).Instant.UtcDateTime, zone.Offset.Ticks / TimeSpan.TicksPerMicrosecond), zone);
    }

    private static Value FromIso(Evaluation evaluation, Value[] a)
    {
        var text = TextMethods.Need(a[1]);
        if (!IsoDatetime.TryParse(text, out var utc))
            throw ValueException.Bad("Invalid isoformat string");
        var hasOffset = text.EndsWith('Z') || text.AsSpan(Math.Min(10, text.Length)).ContainsAny('+', '-');
        return new DatetimeValue(utc, hasOffset ? ZoneValue.Utc : null);
    }

    private static Value FromTimestamp(Evaluation evaluation, Value[] a)
    {
        if (!Numbers.IsNumber(a[1]))
            throw ValueException.Type($"'{a[1].TypeName}' object cannot be interpreted as an integer");
        if (!DatetimeFormat.Of("%s_as_float").TryParse(Numbers.ToDouble(a[1]), out var instant))
            throw ValueException.Bad("timestamp out of range");
        return new DatetimeValue(instant.UtcDateTime, Zone(a[2]));
    }

    private static ZoneValue? Zone(in Value value) => value.IsNone
        ? null
        : value.AsObject as ZoneValue ?? throw ValueException.Type($"tzinfo argument must be None or of a tzinfo subclass, not type '{value.TypeName}'");

    private static string Separator(in Value value)
    {
        var text = TextMethods.Need(value);
        return CodePoints.Count(text) == 1 ? text : throw ValueException.Type("isoformat() argument 1 must be a unicode character, not str");
    }

    private static long InRange(long value, long most, string name) =>
        value >= 0 && value <= most ? value : throw ValueException.Bad($"{name} must be in 0..{most}");

    private static DatetimeValue Self(Value[] a) => (DatetimeValue)a[0].AsObject!;
}
