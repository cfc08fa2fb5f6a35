using System.Text;
using System.Text.Json;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Errors;

/// <summary>An answer as filters and their templates see it. The body is read as JSON only if one of them asks.</summary>
public sealed class AnswerView
{
    // The fields in which sources tell errors, in the order in which the reference looks.
    private static readonly string[] MessageFields =
        ["message", "messages", "error", "errors", "failures", "failure", "detail", "err", "error_message", "msg", "reason", "status_message"];

    private readonly ReadOnlyMemory<byte> _body;
    private readonly EvaluationContext _config;
    private EvaluationContext? _context;
    private Value? _json;
    private bool _isJson;

    internal AnswerView(int status, AnswerHeaders headers, ReadOnlyMemory<byte> body, EvaluationContext config)
    {
        (Status, Headers) = (status, headers);
        (_body, _config) = (body, config);
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>Whether the status is below 400.</summary>
    public bool IsOk => Status < 400;

    /// <summary>The headers.</summary>
    public AnswerHeaders Headers { get; }

    /// <summary>The variables <c>response</c> and <c>headers</c> on top of the config.</summary>
    public EvaluationContext Context => _context ??= _config.Inner().Set(VariableNames.Response, Json).Set(VariableNames.Headers, ToValue(Headers));

    /// <summary>The body as JSON; an empty mapping if it isn't JSON.</summary>
    private Value Json => _json ??= ReadJson();

    /// <summary>The source's own words about an error; null if it has none.</summary>
    public string? ErrorText()
    {
        var json = Json;
        return _isJson ? Find(json, 0) : Encoding.UTF8.GetString(_body.Span);
    }

    private static string? Find(Value value, int depth)
    {
        if (depth > 20)
        {
            return null;
        }

        if (value.AsText is { } text)
        {
            return text;
        }

        if (value.AsList is { } list)
        {
            return string.Join(", ", list.Elements.Select(element => Find(element, depth + 1)).Where(found => found is not null));
        }

        return value.AsDict is { } dict && MessageFields.Select(dict.Find).FirstOrDefault(field => field.IsTruthy) is { IsNone: false } found
            ? Find(found, depth + 1)
            : null;
    }

    private Value ReadJson()
    {
        try
        {
            var json = ValueJsonReader.Read(_body.Span, LargeIntegers.Float);
            _isJson = true;
            return json;
        }
        catch (JsonException)
        {
            return new DictValue();
        }
    }

    // requests gives these headers in any case; templates look them up as sent, in lower case, or as HTTP usually writes them.
    private static DictValue ToValue(AnswerHeaders headers)
    {
        var mapping = new DictValue();
        foreach (var (name, value) in headers)
        {
            mapping[name] = value;
        }

        foreach (var (name, value) in headers)
        {
            mapping.Entries.TryAdd(name.ToLowerInvariant(), value);
            mapping.Entries.TryAdd(System.Globalization.CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.ToLowerInvariant()), value);
        }

        return mapping;
    }
}
