using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

public sealed class InputMap<TValue> : Input<ImmutableDictionary<string, TValue>>, IEnumerable
{
    public InputMap()
        : base(Output.Create(ImmutableDictionary<string, TValue>.Empty))
    {
    }

    private InputMap(Output<ImmutableDictionary<string, TValue>> value)
        : base(value)
    {
    }

    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => new(Output.Create(values.ToImmutableDictionary()));

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => new(Output.Create(values));

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => new(values);

    public void Add(string key, Input<TValue> value) => Value = Output.Tuple<ImmutableDictionary<string, TValue>, TValue>(Value, value).Apply(both => both.Item1.Add(key, both.Item2));

    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException("Its values come later: use Apply.");
}
