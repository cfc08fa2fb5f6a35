using System.Collections.Immutable;
using System.Globalization;

namespace Pulumi;

internal interface IOutput
{
    Task<object?> UntypedAsync();
}

public sealed class Output<T> : IOutput
{
    internal Output(Task<T> value) => Value = value;

    internal Task<T> Value { get; }

    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => new(ApplyAsync(func));

    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => new(ApplyAsync(func).Unwrap());

    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>> func) => new(ApplyAsync(value => func(value).Value).Unwrap());

    async Task<object?> IOutput.UntypedAsync() => await Value;

    private async Task<TResult> ApplyAsync<TResult>(Func<T, TResult> func) => func(await Value);
}

public static class Output
{
    public static Output<T> Create<T>(T value) => new(Task.FromResult(value));

    public static Output<T> Create<T>(Task<T> value) => new(value);

    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All((IEnumerable<Input<T>>)inputs);

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => new(AllAsync([.. inputs.Select(input => input.ToOutput().Value)]));

    public static Output<(T1, T2)> Tuple<T1, T2>(Input<T1> item1, Input<T2> item2) =>
        item1.ToOutput().Apply(one => item2.ToOutput().Apply(two => (one, two)));

    public static Output<string> Format(FormattableString formattableString) => new(FormatAsync(formattableString));

    private static async Task<ImmutableArray<T>> AllAsync<T>(Task<T>[] values) => [.. await Task.WhenAll(values)];

    private static async Task<string> FormatAsync(FormattableString text)
    {
        object?[] arguments = text.GetArguments();
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = arguments[i] is IOutput output ? await output.UntypedAsync() : arguments[i] is IInput input ? await input.Output.UntypedAsync() : arguments[i];
        return string.Format(CultureInfo.InvariantCulture, text.Format, arguments);
    }
}
