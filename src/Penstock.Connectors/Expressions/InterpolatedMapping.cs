using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// A flat mapping whose keys and values are templates: headers, query parameters, form bodies. What renders as nothing or
/// meets an undefined path is none. Values that aren't texts stay as they are.
/// </summary>
public sealed class InterpolatedMapping
{
    private readonly List<(Template Key, Template? Template, Value Value)> _entries = [];
    private readonly Value _parameters;
    private readonly ValidTypes _types;

    /// <summary>Prepares a mapping.</summary>
    /// <param name="mapping">Keys and values; texts are templates.</param>
    /// <param name="parameters">The component's <c>$parameters</c>, a mapping.</param>
    /// <param name="types">The types that values may have; <c>Str | List</c> for query parameters and form bodies.</param>
    public InterpolatedMapping(DictValue mapping, Value parameters = default, ValidTypes types = ValidTypes.Any)
    {
        _parameters = parameters.IsNone ? new DictValue() : parameters;
        _types = types;
        foreach (var (key, value) in mapping.Entries)
            _entries.Add((Template.Parse(key.ToString()), value.AsText is { } text ? Template.Parse(text) : null, value));
    }

    /// <summary>Why a template can't be evaluated, or null if all can.</summary>
    public TemplateError? Error => _entries.Select(e => e.Key.Error ?? e.Template?.Error).FirstOrDefault(e => e is not null);

    /// <summary>Evaluates keys and values. Values that are none are kept, for the caller to leave out.</summary>
    /// <exception cref="ExpressionException">A template failed.</exception>
    public DictValue Evaluate(EvaluationContext context)
    {
        var result = new DictValue();
        foreach (var (key, template, value) in _entries)
        {
            var name = Interpolation.Evaluate(key, null, ValidTypes.Str, context, _parameters);
            result[name] = template is null ? value : Interpolation.Evaluate(template, null, _types, context, _parameters);
        }

        return result;
    }
}
