using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Writes arguments as the engine sees them: texts, booleans, doubles, immutable arrays and dictionaries.</summary>
internal static class Serializer
{
    public static async Task<ImmutableDictionary<string, object>> ToDictionaryAsync(object args)
    {
        var values = ImmutableDictionary.CreateBuilder<string, object>();
        foreach ((string name, object? input) in Inputs(args))
        {
            if (await ToValueAsync(input) is { } value)
                values[name] = value;
        }

        return values.ToImmutable();
    }

    public static async Task<object?> ToValueAsync(object? input) => input switch
    {
        null => null,
        IInput later => await ToValueAsync(later.Output),
        IOutput later => await ToValueAsync(await later.UntypedAsync()),
        IUnion union => await ToValueAsync(union.Value),
        string or bool or double => input,
        int or long or float => Convert.ToDouble(input),
        InputArgs args => await ToDictionaryAsync(args),
        IDictionary map => await MapAsync(map),
        IEnumerable list when input.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => IsDefault(input) ? null : await ListAsync(list),
        IEnumerable list => await ListAsync(list),
        _ when input.GetType().GetCustomAttribute<EnumTypeAttribute>() is not null => input.ToString(),
        _ => throw new NotSupportedException($"{input.GetType()} isn't a value that the engine takes."),
    };

    // A member's name is its input's, its first letter lowered; what the SDK names otherwise says so by an attribute.
    private static IEnumerable<(string Name, object? Value)> Inputs(object args)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (PropertyInfo property in args.GetType().GetProperties(All).Where(property => property.GetMethod is { IsStatic: false, IsPublic: true }))
        {
            object? value = property.GetValue(args);
            InputAttribute? input = property.GetCustomAttribute<InputAttribute>();
            string name = input?.Name ?? char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            if (value is null && input is { IsRequired: true })
                throw new InvalidOperationException($"{args.GetType().Name}.{property.Name} is required.");
            yield return (name, value);
        }
    }

    private static async Task<object> MapAsync(IDictionary map)
    {
        var values = ImmutableDictionary.CreateBuilder<string, object>();
        foreach (DictionaryEntry entry in map)
        {
            if (await ToValueAsync(entry.Value) is { } value)
                values[(string)entry.Key] = value;
        }

        return values.ToImmutable();
    }

    private static async Task<object> ListAsync(IEnumerable list)
    {
        var values = ImmutableArray.CreateBuilder<object>();
        foreach (object? item in list)
            values.Add((await ToValueAsync(item))!);
        return values.ToImmutable();
    }

    private static bool IsDefault(object array) => (bool)array.GetType().GetProperty(nameof(ImmutableArray<int>.IsDefault))!.GetValue(array)!;
}
