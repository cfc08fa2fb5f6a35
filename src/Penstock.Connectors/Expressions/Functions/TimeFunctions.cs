using System.Numerics;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Times;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>Airbyte's macros about time.</summary>
internal static class TimeFunctions
{
    public static FunctionTable Table { get; } = new()
    {
        { "day_delta", "num_days, format='%Y-%m-%dT%H:%M:%S.%f%z'", DayDelta },
        { "duration", "datestring", Duration },
        { "format_datetime", "dt, format, input_format=None", FormatDatetime },
        { "now_utc", "", (e, _) => Now(e) },
        { "str_to_datetime", "s", (_, a) => Parse(a[0]) },
        { "timestamp", "dt", Timestamp },
        { "today_utc", "", (e, _) => new DateValue(DateOnly.FromDateTime(Now(e).Local)) },
        { "today_with_timezone", "timezone", TodayInZone },
    };

    private static DatetimeValue Now(Evaluation evaluation) => new(evaluation.Context.Time.GetUtcNow().UtcDateTime, ZoneValue.Utc);

    private static DatetimeValue Parse(in Value text)
    {
        if (text.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        var given = text.AsText ?? (text.AsObject is BytesValue bytes ? System.Text.Encoding.Latin1.GetString(bytes.Content.Span) : throw NotAText(text));
        return IsoDatetime.TryParse(given, out var utc) ? DatetimeValue.Utc(utc) : throw ValueException.Bad("a text isn't an ISO 8601 datetime");
    }

    // dateutil looks at the length first, then takes a slice.
    private static ValueException NotAText(in Value value) => value.AsObject?.Length switch
    {
        < 4 => ValueException.Bad("ISO string too short"),
        not null when value.AsObject is DictValue or IMappingValue => new ValueException(ValueErrorKind.Key, "a mapping has no slices"),
        _ => ValueException.Type($"expected str, not {value.TypeName}"),
    };

    private static Value DayDelta(Evaluation evaluation, Value[] a)
    {
        if (!Numbers.IsNumber(a[0]))
            throw ValueException.Type($"unsupported type for timedelta days component: {a[0].TypeName}");
        var now = Now(evaluation);
        // Days as a timedelta, with what comes from multiplying it.
        var days = Arithmetic.Apply(evaluation, BinaryOperator.Multiply, TimedeltaValue.Of(TimeSpan.FromDays(1)), a[0]);
        var then = (DatetimeValue)Arithmetic.Apply(evaluation, BinaryOperator.Add, now, days).AsObject!;
        return then.Strftime(evaluation, TextMethods.Need(a[1]));
    }

    private static Value Duration(Evaluation evaluation, Value[] a) =>
        IsoDuration.TryParse(TextMethods.Need(a[0]), out var duration)
            ? DurationValue.Of(duration)
            : throw ValueException.Bad("a text isn't an ISO 8601 duration");

    private static Value Timestamp(Evaluation evaluation, Value[] a)
    {
        if (Numbers.IsInteger(a[0]))
            return Value.Of(Numbers.ToInteger(a[0]));
        return a[0].TryGetFloat(out var number) ? Value.Of(Conversions.ToInteger(number)) : DatetimeMethods.Timestamp(Parse(a[0]));
    }

    private static Value TodayInZone(Evaluation evaluation, Value[] a)
    {
        if (a[0].AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if (a[0].AsText is not { } name)
            throw new ValueException(a[0].IsNone ? ValueErrorKind.Key : ValueErrorKind.Attribute, "a time zone must be a text");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) || !zone.HasIanaId)
            throw new ValueException(ValueErrorKind.Key, "there is no time zone of that name");
        return new DateValue(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(evaluation.Context.Time.GetUtcNow(), zone).DateTime));
    }

    private static Value FormatDatetime(Evaluation evaluation, Value[] a)
    {
        if (a[0].AsObject is DatetimeValue given)
            return given.Strftime(evaluation, TextMethods.Need(a[1]));
        var parsed = Numbers.IsInteger(a[0]) ? FromInteger(Numbers.ToInteger(a[0]), a[2])
            : a[2].IsTruthy ? DatetimeMethods.Strptime(TextMethods.Need(a[0]), TextMethods.Need(a[2]))
            : Parse(a[0]);
        var format = TextMethods.Need(a[1]);
        evaluation.Text(format.Length * 4L);
        return DatetimeFormat.Of(format).Format(parsed.Instant);
    }

    private static DatetimeValue FromInteger(BigInteger number, in Value format)
    {
        var how = DatetimeFormat.Of(format.IsTruthy ? TextMethods.Need(format) : "%s");
        return how.TryParse(number, out var instant) ? new DatetimeValue(instant) : throw ValueException.Bad("a number doesn't fit the datetime format it should have");
    }
}
