using System.Collections.Immutable;

namespace Penstock.Infra.Tests;

/// <summary>Every text of an input, however deep.</summary>
internal static class Texts
{
    public static IEnumerable<string> Of(object? value) => value switch
    {
        string text => [text],
        ImmutableDictionary<string, object> map => map.SelectMany(entry => Of(entry.Value)),
        ImmutableArray<object> list => list.SelectMany(Of),
        _ => [],
    };
}

/// <summary>Every value of an input with its path.</summary>
internal static class Flat
{
    public static IEnumerable<string> Of(object? value, string path = "") => value switch
    {
        ImmutableDictionary<string, object> map => map.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => Of(entry.Value, $"{path}.{entry.Key}")),
        ImmutableArray<object> list => list.SelectMany((item, i) => Of(item, $"{path}[{i}]")),
        _ => [$"{path} = {value}"],
    };
}
