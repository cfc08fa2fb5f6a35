using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// The variables that templates see, by name: <c>config</c>, <c>response</c>, <c>record</c>, <c>stream_slice</c> … A slice is
/// visible as <c>stream_partition</c> and <c>stream_interval</c> too. A context may be changed between evaluations; it is not
/// for use by several threads at once.
/// </summary>
public sealed class EvaluationContext
{
    private readonly EvaluationContext? _outer;
    private readonly List<KeyValuePair<string, Value>> _variables = [];

    /// <summary>A context with a config; without one it is an empty mapping.</summary>
    /// <param name="config">The connector's config, a mapping.</param>
    /// <param name="time">The clock of <c>now_utc()</c> and the like.</param>
    /// <param name="limits">The sandbox's limits.</param>
    /// <param name="newId">Makes the ids of <c>generate_uuid()</c>: a UUID of version 4, in lower case with hyphens.</param>
    public EvaluationContext(Value config, TimeProvider time, EvaluationLimits? limits = null, Func<string>? newId = null)
    {
        Time = time;
        Limits = limits ?? EvaluationLimits.Default;
        NewId = newId ?? RandomIds.Next;
        Set(VariableNames.Config, config.IsNone ? new DictValue() : config);
    }

    private EvaluationContext(EvaluationContext outer)
    {
        _outer = outer;
        (Time, Limits, NewId) = (outer.Time, outer.Limits, outer.NewId);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The sandbox's limits.</summary>
    public EvaluationLimits Limits { get; }

    internal Func<string> NewId { get; }

    /// <summary>A context that sees this one's variables and can have more, without changing this one.</summary>
    public EvaluationContext Inner() => new(this);

    /// <summary>Defines a variable, or redefines it.</summary>
    /// <exception cref="ArgumentException"><c>stream_partition</c> or <c>stream_interval</c>: they always mean <c>stream_slice</c>.</exception>
    public EvaluationContext Set(string name, Value value)
    {
        if (name is VariableNames.StreamPartition or VariableNames.StreamInterval)
            throw new ArgumentException($"'{name}' is reserved: set '{VariableNames.StreamSlice}'", nameof(name));
        for (var i = 0; i < _variables.Count; i++)
        {
            if (_variables[i].Key == name)
            {
                _variables[i] = new(name, value);
                return this;
            }
        }

        _variables.Add(new(name, value));
        return this;
    }

    /// <summary>Gives a variable.</summary>
    public bool TryGet(string name, out Value value)
    {
        if (name is VariableNames.StreamPartition or VariableNames.StreamInterval)
            name = VariableNames.StreamSlice;
        for (var context = this; context is not null; context = context._outer)
        {
            foreach (var (key, candidate) in context._variables)
            {
                if (key == name)
                {
                    value = candidate;
                    return true;
                }
            }
        }

        value = default;
        return false;
    }
}
