using Penstock.Connectors.Values;

namespace Penstock.Pipelines.Definitions;

/// <summary>The shape that a stream's records are given.</summary>
/// <param name="Steps">The changes, in order.</param>
/// <param name="Lists">The lists that become tables of their own.</param>
public sealed record RecordShape(IReadOnlyList<ShapeStep> Steps, IReadOnlyList<ExplodedList> Lists)
{
    /// <summary>Records stay as they are.</summary>
    public static RecordShape None { get; } = new([], []);
}

/// <summary>One change of a record.</summary>
public abstract record ShapeStep
{
    private protected ShapeStep() { }
}

/// <summary>Leaves out the records that a condition doesn't hold for.</summary>
/// <param name="Condition">A template over <c>record</c>.</param>
public sealed record FilterStep(string Condition) : ShapeStep;

/// <summary>Keeps some members only.</summary>
/// <param name="Names">Their names; <c>*</c> stands for any letters.</param>
public sealed record SelectStep(IReadOnlyList<string> Names) : ShapeStep;

/// <summary>Leaves members out.</summary>
/// <param name="Names">Their names; <c>*</c> stands for any letters.</param>
public sealed record RemoveStep(IReadOnlyList<string> Names) : ShapeStep;

/// <summary>Gives members other names.</summary>
/// <param name="Names">Path and new name of each; a nested one moves to the top level.</param>
public sealed record RenameStep(IReadOnlyList<(IReadOnlyList<string> From, string To)> Names) : ShapeStep;

/// <summary>Adds members with computed values; one that is there already gets the new value.</summary>
/// <param name="Members">Name and template of each, in order: a later one sees an earlier one.</param>
public sealed record DeriveStep(IReadOnlyList<(string Name, string Template)> Members) : ShapeStep;

/// <summary>Moves the members of nested objects to the top level.</summary>
/// <param name="Member">The object; null: all objects, at any depth.</param>
/// <param name="Prefix">What their names begin with; null: the object's own name and an underscore.</param>
public sealed record FlattenStep(string? Member, string? Prefix) : ShapeStep;

/// <summary>One of the manifest's own transformations.</summary>
/// <param name="Component">The component as a manifest has it.</param>
public sealed record ManifestStep(DictValue Component) : ShapeStep;

/// <summary>A list in a record whose items become the rows of a table of their own, with the key of their record and their place.</summary>
/// <param name="Member">The list.</param>
/// <param name="Table">The table, beside the stream's own.</param>
/// <param name="Parent">Names of the members that take the record's key, by the path of the key; empty: <c>parent_</c> and the last name of the path.</param>
/// <param name="Position">The name of the member that takes the item's place, from 0.</param>
/// <param name="Keeps">Whether the record keeps the list.</param>
public sealed record ExplodedList(string Member, string Table, IReadOnlyDictionary<string, string> Parent, string Position, bool Keeps);
