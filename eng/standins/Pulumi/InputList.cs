using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable
{
    private ImmutableArray<Input<T>> _items = [];

    public InputList()
        : base(Output.Create(ImmutableArray<T>.Empty))
    {
    }

    private InputList(Output<ImmutableArray<T>> value)
        : base(value)
    {
    }

    public static implicit operator InputList<T>(T value) => new() { value };

    public static implicit operator InputList<T>(Output<T> value) => new() { value };

    public static implicit operator InputList<T>(T[] values) => [.. values.Select(value => (Input<T>)value)];

    public static implicit operator InputList<T>(Input<T>[] values) => [.. values];

    public static implicit operator InputList<T>(List<T> values) => values.ToArray();

    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new(values);

    public void Add(params Input<T>[] inputs)
    {
        _items = _items.AddRange(inputs);
        Value = Output.All(_items.AsEnumerable());
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_items).GetEnumerator();
}
