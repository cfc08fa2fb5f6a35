using System.Globalization;

namespace Penstock.Connectors.Datetimes;

/// <summary>A format of <c>strptime</c>/<c>strftime</c> directives.</summary>
internal sealed class DirectiveFormat : DatetimeFormat
{
    private const string Milliseconds = "%_ms";
    private readonly string _python;
    private readonly Lazy<StrptimePattern?> _pattern;

    public DirectiveFormat(string text)
        : base(text)
    {
        _python = text.Replace(Milliseconds, "%f", StringComparison.Ordinal);
        _pattern = new(() => StrptimePattern.Compile(_python));
    }

    public override bool TryParse(string value, out DateTimeOffset datetime)
    {
        datetime = default;
        return _pattern.Value is { } pattern && pattern.TryParse(value, out datetime);
    }

    public override string Format(DateTimeOffset datetime)
    {
        var text = Strftime.Format(_python, datetime);
        if (!Text.Contains(Milliseconds, StringComparison.Ordinal)) return text;
        // As the reference: every text equal to the microseconds is replaced, wherever it stands.
        var milliseconds = datetime.Millisecond.ToString("000", CultureInfo.InvariantCulture);
        return text.Replace(Strftime.Format("%f", datetime), milliseconds, StringComparison.Ordinal);
    }
}
