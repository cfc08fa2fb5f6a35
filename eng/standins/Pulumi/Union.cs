namespace Pulumi;

internal interface IUnion
{
    object? Value { get; }
}

public readonly struct Union<T0, T1> : IUnion
{
    private readonly object? _value;

    private Union(object? value) => _value = value;

    object? IUnion.Value => _value;

    public static implicit operator Union<T0, T1>(T0 value) => new(value);

    public static implicit operator Union<T0, T1>(T1 value) => new(value);
}

public sealed class InputUnion<T0, T1> : Input<Union<T0, T1>>
{
    private InputUnion(Output<Union<T0, T1>> value)
        : base(value)
    {
    }

    public static implicit operator InputUnion<T0, T1>(T0 value) => new(Output.Create<Union<T0, T1>>(value));

    public static implicit operator InputUnion<T0, T1>(T1 value) => new(Output.Create<Union<T0, T1>>(value));

    public static implicit operator InputUnion<T0, T1>(Output<T0> value) => new(value.Apply(one => (Union<T0, T1>)one));

    public static implicit operator InputUnion<T0, T1>(Input<T0> value) => value.ToOutput();
}
