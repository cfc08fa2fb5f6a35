using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Datetimes;

/// <summary>A datetime from templates, held between a minimum and a maximum; the minimum is applied first.</summary>
internal sealed class MinMaxDatetime
{
    private readonly InterpolatedString _datetime;
    private readonly InterpolatedString? _minimum;
    private readonly InterpolatedString? _maximum;
    private readonly DatetimeFormat _format;

    public MinMaxDatetime(InterpolatedString datetime, string format, InterpolatedString? minimum = null, InterpolatedString? maximum = null)
    {
        (_datetime, _minimum, _maximum) = (datetime, minimum, maximum);
        _format = DatetimeFormat.Of(format);
    }

    /// <summary>Reads a field that is a text or a MinMaxDatetime; null if it is absent.</summary>
    /// <param name="owner">The cursor.</param>
    /// <param name="field">The field.</param>
    /// <param name="defaultFormat">The format where the field gives none.</param>
    public static MinMaxDatetime? Read(ManifestNode owner, string field, string defaultFormat)
    {
        if (owner.Field(field) is not { } node) return null;
        if (node.Kind == NodeKind.Scalar) return new(owner.RequiredTemplate(field), defaultFormat);
        var format = node.Text("datetime_format");
        return new(node.RequiredTemplate("datetime"), string.IsNullOrEmpty(format) ? defaultFormat : format, Optional(node, "min_datetime"), Optional(node, "max_datetime"));
    }

    /// <summary>Evaluates it.</summary>
    /// <param name="context">The config and the clock.</param>
    /// <exception cref="SourceFaultException">A template failed, or its result doesn't fit the format.</exception>
    public DateTimeOffset Evaluate(EvaluationContext context)
    {
        var time = Parse(_datetime.EvaluateText(context), _datetime);
        if (_minimum?.EvaluateText(context) is { Length: > 0 } minimum && Parse(minimum, _minimum) is var least && time < least) time = least;
        if (_maximum?.EvaluateText(context) is { Length: > 0 } maximum && Parse(maximum, _maximum) is var most && time > most) time = most;
        return time;
    }

    private static InterpolatedString? Optional(ManifestNode node, string field) => node.Text(field) is { Length: > 0 } ? node.Template(field) : null;

    private DateTimeOffset Parse(string text, InterpolatedString template) => _format.TryParse(text, out var datetime)
        ? datetime
        : throw SourceFaultException.Config($"The result of '{template.Text}' isn't a datetime in the format {_format.Text}. Correct the config, or the manifest's datetime_format.");
}
