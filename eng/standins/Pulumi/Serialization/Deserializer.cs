using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Reads a mock's answer as the types of a resource's outputs.</summary>
internal static class Deserializer
{
    public static object? ToType(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null)
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        if (type.GetCustomAttribute<OutputTypeAttribute>() is not null)
            return ToOutputType((IDictionary<string, object>)value, type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return ToArray((IEnumerable)value, type.GetGenericArguments()[0]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>) && type.GetGenericArguments()[1] == typeof(string))
            return ((IDictionary<string, object>)value).ToImmutableDictionary(entry => entry.Key, entry => (string)entry.Value);
        return type == typeof(object) || type.IsInstanceOfType(value) ? value : Convert.ChangeType(value, type);
    }

    private static object ToOutputType(IDictionary<string, object> values, Type type)
    {
        ConstructorInfo constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0];
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            ToType(values.TryGetValue(parameter.Name!, out object? value) ? value : null, parameter.ParameterType))]);
    }

    private static object ToArray(IEnumerable values, Type of)
    {
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(of))!;
        foreach (object? value in values)
            items.Add(ToType(value, of));
        return typeof(ImmutableArray).GetMethods().Single(method => method.Name == nameof(ImmutableArray.ToImmutableArray)
            && method.GetParameters()[0].ParameterType is { IsGenericType: true } first && first.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .MakeGenericMethod(of).Invoke(null, [items])!;
    }
}
