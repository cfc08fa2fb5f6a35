using System.Globalization;
using System.Text.Json;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Vectors;

/// <summary>An operation on datetimes and durations. Datetimes are ISO 8601 with microseconds and offset.</summary>
internal static class DatetimeVector
{
    private const string DefaultFormat = "%Y-%m-%dT%H:%M:%S.%f%z";

    public static Value Evaluate(string operation, DictValue vector, TimeProvider time) => operation switch
    {
        "parse" => Write(Parse([Text(vector, "format")], vector.Find("value"))),
        "parse_any" => Write(Parse(Texts(vector, "formats"), vector.Find("value"))),
        "reformat" => DatetimeFormat.Of(Text(vector, "format"))
            .Format(Parse([.. Texts(vector, "input_formats"), Text(vector, "format")], vector.Find("value"))),
        "format" => DatetimeFormat.Of(Text(vector, "format")).Format(Datetime(vector, "value")),
        "min_max" => Write(MinMax(vector, time)),
        "duration" => Describe(Duration(vector, "duration")!),
        "add" => Duration(vector, "duration")!.TryAddTo(Datetime(vector, "value"), out var sum) ? Write(sum) : throw OutOfRange(),
        "subtract" => Duration(vector, "duration")!.TrySubtractFrom(Datetime(vector, "value"), out var rest) ? Write(rest) : throw OutOfRange(),
        "slices" => SliceVector.Evaluate(vector, time),
        _ => throw new JsonException($"there is no operation '{operation}'"),
    };

    public static DateTimeOffset Datetime(DictValue vector, string field) =>
        DateTimeOffset.Parse(Text(vector, field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static IsoDuration? Duration(DictValue vector, string field)
    {
        if (vector.Find(field).AsText is not { } text)
            return null;
        return IsoDuration.TryParse(text, out var duration) ? duration : throw ValueException.Bad("a text isn't an ISO 8601 duration");
    }

    public static string Text(DictValue vector, string field) =>
        vector.Find(field).AsText ?? throw new JsonException($"the vector lacks '{field}'");

    public static IReadOnlyList<string> Texts(DictValue vector, string field) =>
        vector.Find(field).AsList?.Elements.ConvertAll(e => e.ToString()) ?? [];

    private static DateTimeOffset Parse(IReadOnlyList<string> formats, in Value value) =>
        new CursorDatetimes(formats[^1], formats.SkipLast(1)).TryRead(value, out var datetime)
            ? datetime
            : throw ValueException.Bad("a value doesn't fit the datetime format it should have");

    private static DateTimeOffset MinMax(DictValue vector, TimeProvider time)
    {
        var parameters = vector.Find(VariableNames.Parameters);
        InterpolatedString? Template(string field) => vector.Find(field).AsText is { } text ? new InterpolatedString(text, parameters) : null;
        var datetime = new MinMaxDatetime(
            Template("datetime")!, vector.Find("format").AsText ?? DefaultFormat, Template("min_datetime"), Template("max_datetime"));
        return datetime.Evaluate(new EvaluationContext(vector.Find(VariableNames.Config), time));
    }

    private static DictValue Describe(IsoDuration duration)
    {
        var microseconds = duration.Exact.Ticks / TimeSpan.TicksPerMicrosecond;
        var days = Math.DivRem(microseconds, 86_400_000_000, out var rest);
        if (rest < 0)
            (days, rest) = (days - 1, rest + 86_400_000_000);
        return new DictValue(
        [
            new("years", Number(duration.Years)),
            new("months", Number(duration.Months)),
            new("days", days),
            new("seconds", rest / 1_000_000),
            new("microseconds", rest % 1_000_000),
            new("calendar", duration.IsCalendar),
        ]);
    }

    private static Value Number(decimal number) => decimal.IsInteger(number) ? Value.Of((long)number) : Value.Of((double)number);

    private static string Write(DateTimeOffset datetime) => datetime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    private static ValueException OutOfRange() => ValueException.Bad("the result leaves the calendar");
}
