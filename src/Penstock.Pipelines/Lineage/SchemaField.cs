namespace Penstock.Pipelines.Lineage;

/// <summary>A field of a dataset, as its contract declares it or, without one, its connector.</summary>
/// <param name="Name">The name within its parent.</param>
/// <param name="Type">ODCS' logical type in lower case; <c>any</c> if none is declared.</param>
/// <param name="Fields">The fields of an object, or of an array's items.</param>
public sealed record SchemaField(string Name, string Type, IReadOnlyList<SchemaField> Fields)
{
    /// <summary>Whether it must be there.</summary>
    public bool Required { get; init; }

    /// <summary>Whether no two records have the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>The contract's classification, for example <c>personal</c>; empty if there is none.</summary>
    public string Classification { get; init; } = "";

    /// <summary>The innermost fields, by path.</summary>
    public static IEnumerable<(string Path, SchemaField Field)> Leaves(IEnumerable<SchemaField> fields, string prefix = "")
    {
        foreach (SchemaField field in fields)
        {
            string path = prefix + field.Name;
            if (field.Fields.Count == 0)
                yield return (path, field);
            foreach ((string Path, SchemaField Field) leaf in Leaves(field.Fields, path + "."))
                yield return leaf;
        }
    }
}
