using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// A condition. It is false if its result is <c>False</c>, 0, an empty mapping, list, tuple, set or text, or one of the texts
/// <c>False false {} [] () 0 0.0</c>; where it renders as nothing or meets an undefined path; true otherwise, for none too.
/// </summary>
public sealed class InterpolatedBoolean
{
    private static readonly Template False = Template.Parse("False");
    private static readonly HashSet<string> FalseTexts = new(StringComparer.Ordinal) { "False", "false", "{}", "[]", "()", "", "0", "0.0" };

    private readonly Template _template;
    private readonly Value _parameters;
    private readonly bool? _constant;

    /// <summary>Prepares a condition. A wrong template is reported by <see cref="Error"/>, and by each evaluation.</summary>
    /// <param name="condition">The template; a boolean of the manifest is its text.</param>
    /// <param name="parameters">The component's <c>$parameters</c>, a mapping.</param>
    public InterpolatedBoolean(string condition, Value parameters = default)
    {
        _template = Template.Parse(condition);
        _parameters = parameters.IsNone ? new DictValue() : parameters;
        if (_template is { IsConstant: true, Error: null })
            _constant = _template.Text.Length > 0 && IsTrue(Interpolation.ReadConstant(_template, ValidTypes.Any));
    }

    /// <summary>The template's text.</summary>
    public string Text => _template.Text;

    /// <summary>Whether it has no tags, so that it is always the same.</summary>
    public bool IsConstant => _constant is not null;

    /// <summary>Why the template can't be evaluated, or null.</summary>
    public TemplateError? Error => _template.Error;

    /// <summary>Evaluates it.</summary>
    /// <exception cref="ExpressionException">It failed: see <see cref="ExpressionException.Kind"/>.</exception>
    public bool Evaluate(EvaluationContext context) =>
        _constant ?? IsTrue(Interpolation.Evaluate(_template, False, ValidTypes.Any, context, _parameters));

    internal static bool IsTrue(in Value value) => value.Kind switch
    {
        ValueKind.None => true,
        ValueKind.Str => !FalseTexts.Contains(value.AsText!),
        ValueKind.Bool or ValueKind.Int or ValueKind.Float or ValueKind.List or ValueKind.Tuple or ValueKind.Dict or ValueKind.Set => value.IsTruthy,
        _ => true,
    };
}
