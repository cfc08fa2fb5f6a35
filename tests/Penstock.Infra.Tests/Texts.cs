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
