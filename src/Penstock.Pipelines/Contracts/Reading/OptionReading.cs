using System.Text;
using System.Text.RegularExpressions;
using Penstock.Pipelines.Contracts.Values;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>Reads <c>logicalTypeOptions</c>.</summary>
internal sealed class OptionReading(Fields fields, LogicalType type, Problems problems, List<ContractNote> notes)
{
    private MomentFormat? _moments;

    private bool IsMoment => type is LogicalType.Date or LogicalType.Timestamp or LogicalType.Time;

    public ValueOptions Read()
    {
        string? format = fields.Plain("format");
        _moments = IsMoment && format is not null ? MomentFormat.Parse(format) : null;
        if (format is not null && (IsMoment ? _moments is null : type == LogicalType.String && !TextFormats.Names.Contains(format)))
            notes.Add(new ContractNote(fields.LineOf("format"), fields.PathOf("format"), $"The format '{format}' isn't checked: it isn't known here."));
        var options = new ValueOptions
        {
            MinLength = fields.Integer("minLength", 0),
            MaxLength = fields.Integer("maxLength", 0),
            Pattern = Pattern(),
            Format = format,
            MomentFormat = _moments,
            Least = Bound("minimum", "exclusiveMinimum", larger: true),
            Most = Bound("maximum", "exclusiveMaximum", larger: false),
            MultipleOf = fields.Plain("multipleOf"),
            MinCount = fields.Integer("minItems", 0) ?? fields.Integer("minProperties", 0),
            MaxCount = fields.Integer("maxItems", 0) ?? fields.Integer("maxProperties", 0),
            UniqueItems = fields.Boolean("uniqueItems") ?? false,
            Required = fields.Texts("required"),
            HasZone = fields.Boolean("timezone"),
            Zone = Zone(),
        };
        if (options.MinLength > options.MaxLength || options.MinCount > options.MaxCount
            || (options is { Least: { } least, Most: { } most } && Compare(least.Text, most.Text) is > 0))
            problems.Add(fields.Line, fields.Path, "The least is more than the most: no value can be right.", "Mend one of the two.");
        return options;
    }

    private Regex? Pattern()
    {
        if (fields.Plain("pattern") is not { } pattern)
            return null;
        try
        {
            return Patterns.Compile(pattern);
        }
        catch (ArgumentException e)
        {
            fields.Add("pattern", $"This isn't a regular expression that can be checked: {e.Message.TrimEnd('.')}.", "Mend it; look-around and back references can't be checked.");
            return null;
        }
    }

    // JSON Schema has both at once; the stricter one counts.
    private Bound? Bound(string inclusive, string exclusive, bool larger)
    {
        Bound? one = Bound(inclusive, isExclusive: false);
        Bound? other = Bound(exclusive, isExclusive: true);
        if (one is null || other is null)
            return one ?? other;
        int order = Compare(one.Text, other.Text) ?? 0;
        return order == 0 || order < 0 == larger ? other : one;
    }

    private Bound? Bound(string name, bool isExclusive)
    {
        if (fields.Plain(name) is not { } text)
            return null;
        if (!IsMoment)
            return new Bound(text, isExclusive);

        // Written in the property's own format, or as in SQL, it means the same.
        string iso = _moments?.Read(Encoding.UTF8.GetBytes(text))?.Iso(type, TimeZoneInfo.Utc) ?? (text.Length > 10 && text[10] == ' ' ? $"{text[..10]}T{text[11..]}" : text);
        if (Moment.Parse(type, Encoding.UTF8.GetBytes(iso)) is not null)
            return new Bound(iso, isExclusive);
        if (fields.Has("format"))
            notes.Add(new ContractNote(fields.LineOf(name), fields.PathOf(name), $"The bound '{text}' isn't checked: it isn't ISO 8601."));
        else
            fields.Add(name, $"'{text}' isn't a {type.ToString().ToLowerInvariant()}.", $"Write it as {ExampleOf(type)}.");
        return null;
    }

    private int? Compare(string a, string b) => IsMoment
        ? Moment.Parse(type, Encoding.UTF8.GetBytes(a))?.ComparedTo(Moment.Parse(type, Encoding.UTF8.GetBytes(b)) ?? default)
        : ExactNumber.Parse(Encoding.UTF8.GetBytes(a)).ComparedTo(ExactNumber.Parse(Encoding.UTF8.GetBytes(b)));

    private TimeZoneInfo Zone()
    {
        if (fields.Plain("defaultTimezone") is not { } name)
            return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
            return zone;
        fields.Add("defaultTimezone", $"'{name}' isn't a time zone.", "Write an IANA name, for example Europe/Vienna.");
        return TimeZoneInfo.Utc;
    }

    private static string ExampleOf(LogicalType type) => type switch
    {
        LogicalType.Date => "2018-01-31",
        LogicalType.Time => "09:30:00",
        _ => "2018-01-31T09:30:00Z",
    };
}
