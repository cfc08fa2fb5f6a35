using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Cursors;

/// <summary>Reads a DatetimeBasedCursor out of the manifest.</summary>
internal sealed class DatetimeCursorReader
{
    private readonly ManifestNode _node;
    private readonly ConnectorScope _connector;
    private readonly string _format;
    private readonly MinMaxDatetime? _start;
    private readonly MinMaxDatetime? _end;
    private readonly InterpolatedString? _step;
    private readonly InterpolatedString? _lookback;
    private readonly IsoDuration? _granularity;
    private readonly Clamping? _clamping;

    private DatetimeCursorReader(ManifestNode node, ConnectorScope connector)
    {
        (_node, _connector) = (node, connector);
        _format = node.RequiredText("datetime_format");
        _start = MinMaxDatetime.Read(node, "start_datetime", _format);
        _end = MinMaxDatetime.Read(node, "end_datetime", _format);
        _step = node.Template("step");
        _lookback = node.Template("lookback_window");
        _granularity = Granularity();
        _clamping = ReadClamping();
        if ((_step is null) != (_granularity is null))
            node.Error("A cursor has either both step and cursor_granularity or neither.", "Add the one that is missing.");
    }

    /// <summary>Reads the cursor; what is wrong with it is reported.</summary>
    public static DatetimeBasedCursor Read(ManifestNode node, ConnectorScope connector)
    {
        var reader = new DatetimeCursorReader(node, connector);
        var field = node.RequiredTemplate("cursor_field");
        var datetimes = new CursorDatetimes(reader._format, node.List("cursor_datetime_formats").Select(format => format.Scalar.ToString()));
        var windowFields = (node.Text("partition_field_start") ?? "start_time", node.Text("partition_field_end") ?? "end_time");
        if (node.Problems.HasErrors) return new("", windowFields, datetimes, _ => throw new InvalidOperationException("The cursor has errors."), connector.Time);
        reader.Check();
        return new(field.EvaluateText(connector.Context), windowFields, datetimes, reader.Bounds, connector.Time);
    }

    // The config decides about start, step and the like: better to know now than when the stream is planned.
    private void Check()
    {
        try
        {
            Bounds(_connector.Time.GetUtcNow());
        }
        catch (Exception e) when (e is SourceFaultException or ExpressionException)
        {
            _node.Error(e.Message, "Correct the config or the manifest.");
        }
    }

    private DatetimeBounds Bounds(DateTimeOffset asOf)
    {
        var context = new EvaluationContext(_connector.Config, new FixedTime(asOf));
        var end = _end?.Evaluate(context) ?? asOf;
        return new(_start!.Evaluate(context), _clamping?.LastBefore(end, _granularity) ?? end, Duration(_step, context), Duration(_lookback, context), NotZero(_granularity), _clamping);
    }

    private static IsoDuration? Duration(InterpolatedString? template, EvaluationContext context)
    {
        if (template?.Evaluate(context) is not { IsTruthy: true } value) return null;
        return IsoDuration.TryParse(value.ToString(), out var duration)
            ? NotZero(duration)
            : throw SourceFaultException.Config($"The result of '{template.Text}' isn't an ISO 8601 duration such as P1D or PT1H. Correct the config or the manifest.");
    }

    private static IsoDuration? NotZero(IsoDuration? duration) => duration is { IsCalendar: false, Exact.Ticks: 0 } ? null : duration;

    private IsoDuration? Granularity()
    {
        if (_node.Text("cursor_granularity") is not { Length: > 0 } text) return null;
        if (IsoDuration.TryParse(text, out var granularity)) return granularity;
        _node.Field("cursor_granularity")!.Error($"'{text}' isn't an ISO 8601 duration.", "Write for example PT1S or P1D.");
        return null;
    }

    private Clamping? ReadClamping()
    {
        if (_node.Child("clamping") is not { } node) return null;
        var target = node.RequiredTemplate("target").EvaluateText(_connector.Context);
        var weekday = node.Child("target_details")?.Text("weekday");
        switch (target)
        {
            case "DAY":
                return new(ClampingUnit.Day);
            case "MONTH":
                return new(ClampingUnit.Month);
            case "WEEK" when Enum.TryParse<DayOfWeek>(weekday, ignoreCase: true, out var day) && Enum.IsDefined(day):
                return new(ClampingUnit.Week, day);
            default:
                node.Error("Windows can't be clamped like this.", "Set target to DAY, MONTH, or WEEK with target_details.weekday (MONDAY to SUNDAY).");
                return null;
        }
    }
}
