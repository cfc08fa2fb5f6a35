using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// A document of mappings and lists whose texts, keys included, are templates: a JSON body. What renders as nothing or meets an
/// undefined path is none, and entries of mappings that are none are left out.
/// </summary>
public sealed class InterpolatedNestedMapping
{
    private readonly Value _parameters;
    private readonly Value _document;

    /// <summary>Prepares a document: a mapping, or a text that is a template for one.</summary>
    /// <param name="document">The document.</param>
    /// <param name="parameters">The component's <c>$parameters</c>, a mapping.</param>
    public InterpolatedNestedMapping(Value document, Value parameters = default)
    {
        _document = document;
        _parameters = parameters.IsNone ? new DictValue() : parameters;
    }

    /// <summary>Why a template can't be evaluated, or null if all can.</summary>
    public TemplateError? Error => Texts(_document).Select(t => Template.Parse(t).Error).FirstOrDefault(e => e is not null);

    /// <summary>Evaluates the document.</summary>
    /// <exception cref="ExpressionException">A template failed.</exception>
    public Value Evaluate(EvaluationContext context) => Evaluate(_document, context);

    private Value Evaluate(in Value value, EvaluationContext context)
    {
        if (value.AsText is { } text)
            return Interpolation.Evaluate(Template.Parse(text), null, ValidTypes.Any, context, _parameters);
        if (value.AsList is { } list)
            return new ListValue(list.Elements.ConvertAll(e => Evaluate(e, context)));
        if (value.AsDict is not { } dict)
            return value;
        var result = new DictValue();
        foreach (var (key, entry) in dict.Entries)
        {
            var name = Evaluate(key, context);
            result[name] = Evaluate(entry, context);
        }

        return new DictValue(result.Entries.Where(e => !e.Value.IsNone));
    }

    private static IEnumerable<string> Texts(Value value)
    {
        if (value.AsText is { } text)
            return [text];
        if (value.AsList is { } list)
            return list.Elements.SelectMany(Texts);
        return value.AsDict?.Entries.SelectMany(e => Texts(e.Key).Concat(Texts(e.Value))) ?? [];
    }
}
