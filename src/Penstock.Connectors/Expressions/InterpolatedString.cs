using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// A single interpolated text: a path, a token, a cursor value, an added field. Its result may be of any type. Where it renders
/// as nothing or meets an undefined path, its default is evaluated, which is the template itself if no other is given: then an
/// undefined path is an error.
/// </summary>
public sealed class InterpolatedString
{
    private readonly Template _template;
    private readonly Template _default;
    private readonly Value _parameters;
    private readonly ValidTypes _types;
    private readonly Value? _constant;

    /// <summary>Prepares a text. A wrong template is reported by <see cref="Error"/>, and by each evaluation.</summary>
    /// <param name="text">The template.</param>
    /// <param name="parameters">The component's <c>$parameters</c>, a mapping.</param>
    /// <param name="defaultText">The default, a template too; none or empty for the text itself.</param>
    /// <param name="types">The types that the result may have; any other stays text.</param>
    public InterpolatedString(string text, Value parameters = default, string? defaultText = null, ValidTypes types = ValidTypes.Any)
    {
        _template = Template.Parse(text);
        _default = string.IsNullOrEmpty(defaultText) ? _template : Template.Parse(defaultText);
        _parameters = parameters.IsNone ? new DictValue() : parameters;
        _types = types;
        if (_template is { IsConstant: true, Error: null } && _template.Text.Length > 0)
            _constant = Interpolation.ReadConstant(_template, types);
    }

    /// <summary>The template's text.</summary>
    public string Text => _template.Text;

    /// <summary>Whether it has no tags, so that it is always the same.</summary>
    public bool IsConstant => _constant is not null;

    /// <summary>Why the template can't be evaluated, or null.</summary>
    public TemplateError? Error => _template.Error ?? _default.Error;

    /// <summary>Evaluates it.</summary>
    /// <exception cref="ExpressionException">It failed: see <see cref="ExpressionException.Kind"/>.</exception>
    public Value Evaluate(EvaluationContext context) =>
        _constant is { } constant ? PlainValues.Copy(constant) : Interpolation.Evaluate(_template, _default, _types, context, _parameters);

    /// <summary>Evaluates it and gives the result's text as Python's <c>str</c> would.</summary>
    /// <exception cref="ExpressionException">It failed.</exception>
    public string EvaluateText(EvaluationContext context) => Evaluate(context).ToString();
}
