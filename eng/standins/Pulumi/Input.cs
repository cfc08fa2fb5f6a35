namespace Pulumi;

internal interface IInput
{
    IOutput Output { get; }
}

public class Input<T> : IInput
{
    private protected Input(Output<T> value) => Value = value;

    internal Output<T> Value { get; private protected set; }

    IOutput IInput.Output => Value;

    public static implicit operator Input<T>(T value) => Output.Create(value);

    public static implicit operator Input<T>(Output<T> value) => new(value);

    public static implicit operator Output<T>(Input<T> input) => input.Value;
}

public static class InputExtensions
{
    public static Output<T> ToOutput<T>(this Input<T>? input) => input?.Value ?? Output.Create(default(T)!);

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, TResult> func) => input.ToOutput().Apply(func);
}
