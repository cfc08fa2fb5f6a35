using System.Globalization;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>The methods that dates and datetimes share, and those of dates.</summary>
internal static class DateMethods
{
    public static FunctionTable Common { get; } = new()
    {
        { "isocalendar", "self, /", (_, a) => IsoCalendar(Day(a[0])) },
        { "isoweekday", "self, /", (_, a) => (long)IsoWeekday(Day(a[0])) },
        { "toordinal", "self, /", (_, a) => Day(a[0]).DayNumber + 1L },
        { "weekday", "self, /", (_, a) => IsoWeekday(Day(a[0])) - 1L },
    };

    public static FunctionTable Table { get; } = new()
    {
        Common,
        { "ctime", "self, /", (e, a) => Self(a).Strftime(e, "%a %b %e %H:%M:%S %Y") },
        { "isoformat", "self, /", (_, a) => a[0].ToString() },
        { "replace", "self, year=?, month=?, day=?", Replace },
        { "strftime", "self, format", (e, a) => Self(a).Strftime(e, TextMethods.Need(a[1])) },
        { "today", "self, /", (e, _) => new DateValue(DateOnly.FromDateTime(e.Context.Time.GetUtcNow().UtcDateTime)) },
        { "fromisoformat", "self, text, /", (_, a) => DateFromIso(a) },
    };

    /// <summary>A date of the calendar, or a value error.</summary>
    public static DateOnly Build(long year, long month, long day)
    {
        if (year is < 1 or > 9999)
            throw ValueException.Bad($"year {year} is out of range");
        if (month is < 1 or > 12)
            throw ValueException.Bad("month must be in 1..12");
        if (day < 1 || day > DateTime.DaysInMonth((int)year, (int)month))
            throw ValueException.Bad("day is out of range for month");
        return new DateOnly((int)year, (int)month, (int)day);
    }

    /// <summary>The argument, or what stands there if none is given.</summary>
    public static long Or(in Value value, long otherwise) => Signature.IsAbsent(value) ? otherwise : Integers.ToIndex(value);

    private static Value Replace(Evaluation evaluation, Value[] a)
    {
        var date = Self(a).Date;
        return new DateValue(Build(Or(a[1], date.Year), Or(a[2], date.Month), Or(a[3], date.Day)));
    }

    private static NamedTupleValue IsoCalendar(DateOnly date)
    {
        var day = date.ToDateTime(TimeOnly.MinValue);
        return new NamedTupleValue(
            "datetime.IsoCalendarDate", ["year", "week", "weekday"], ISOWeek.GetYear(day), (long)ISOWeek.GetWeekOfYear(day), (long)IsoWeekday(date));
    }

    private static DateValue DateFromIso(Value[] a) =>
        DateOnly.TryParseExact(TextMethods.Need(a[1]), ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new DateValue(date)
            : throw ValueException.Bad("Invalid isoformat string");

    private static int IsoWeekday(DateOnly date) => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;

    private static DateOnly Day(in Value value) =>
        value.AsObject is DatetimeValue datetime ? DateOnly.FromDateTime(datetime.Local) : ((DateValue)value.AsObject!).Date;

    private static DateValue Self(Value[] a) => (DateValue)a[0].AsObject!;
}
