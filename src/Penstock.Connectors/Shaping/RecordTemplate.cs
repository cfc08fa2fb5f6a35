using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Shaping;

/// <summary>
/// A value computed from a record: a template that sees the record as <c>record</c> and the config as <c>config</c>. Not thread-safe.
/// </summary>
public sealed class RecordTemplate
{
    private readonly Template _template;
    private readonly EvaluationContext _variables;

    /// <summary>Prepares a template; one that can't be used is an error at every record.</summary>
    /// <param name="template">The template.</param>
    /// <param name="config">The connector's config, a mapping; none for an empty one.</param>
    /// <param name="time">The clock.</param>
    public RecordTemplate(string template, Value config, TimeProvider time)
    {
        _template = Template.Parse(template);
        _variables = new EvaluationContext(config, time).Inner();
        Fields = FieldUses.Of(VariableNames.Record, template);
    }

    /// <summary>The top-level members of the record that it looks at; null if it may look at any.</summary>
    public IReadOnlySet<string>? Fields { get; }

    /// <summary>Evaluates it for a record; none where it looks at what isn't there, or renders as nothing.</summary>
    /// <param name="record">The record, with the members that it looks at at least.</param>
    /// <exception cref="ExpressionException">It failed; the message names types, never values.</exception>
    public Value Evaluate(DictValue record)
    {
        _variables.Set(VariableNames.Record, record);
        return StrictInterpolation.Evaluate(_template, _variables);
    }
}
