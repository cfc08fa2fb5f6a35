using System.Collections.Immutable;

namespace Penstock.Infra.Graph;

/// <summary>A resource as it was declared.</summary>
/// <param name="Type">Its type, like <c>azure-native:storage:StorageAccount</c>.</param>
/// <param name="Name">Its name in the program.</param>
/// <param name="Id">The id that it would have in Azure.</param>
/// <param name="Inputs">What was asked for.</param>
internal sealed record GraphResource(string Type, string Name, string Id, ImmutableDictionary<string, object> Inputs)
{
    /// <summary>Finds an input by its path, parts joined by dots; null if it isn't there.</summary>
    public object? Find(string path)
    {
        object? value = Inputs;
        foreach (string part in path.Split('.'))
        {
            if (value is not ImmutableDictionary<string, object> map || !map.TryGetValue(part, out value))
                return null;
        }

        return value;
    }

    /// <summary>Finds a text by its path.</summary>
    public string? Text(string path) => Find(path) as string;

    /// <summary>Finds a list by its path; empty if it isn't there.</summary>
    public IReadOnlyList<object> List(string path) => Find(path) is ImmutableArray<object> { IsDefault: false } list ? list : [];
}
