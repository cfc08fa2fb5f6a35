using Penstock.Connectors.Expressions;
using Penstock.Connectors.Records.Transformations;

namespace Penstock.Connectors.Records;

/// <summary>
/// How records can be filtered and changed as bytes: only the fields that templates look at are made into values, and fields
/// are put in or left out between bytes that stay as they are. It fits when the selector only adds and removes fields at the
/// top level, which most do.
/// </summary>
internal sealed class RecordEdits
{
    private RecordEdits(IReadOnlyList<string> fields, IReadOnlyList<EditStep> steps, int reads)
    {
        Fields = fields;
        Steps = steps;
        Reads = reads;
    }

    /// <summary>The fields whose place must be known: first those that templates read, then those that are only changed.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>How many of the fields templates read.</summary>
    public int Reads { get; }

    /// <summary>The changes, in order.</summary>
    public IReadOnlyList<EditStep> Steps { get; }

    /// <summary>Works them out; null if the selector needs whole records.</summary>
    public static RecordEdits? Make(InterpolatedBoolean? filter, IReadOnlyList<ITransformation> transformations, string? cursorField)
    {
        var templates = new List<string>(filter is null ? [] : [filter.Text]);
        var changed = new List<string>();
        foreach (var transformation in transformations)
        {
            switch (transformation)
            {
                case AddFields add when add.Fields.All(field => field.Path.Count == 1):
                    templates.AddRange(add.Fields.Select(field => field.Value.Text).Concat(add.Condition is null ? [] : [add.Condition.Text]));
                    changed.AddRange(add.Fields.Select(field => field.Path[0]));
                    break;
                case RemoveFields { Condition: null } remove when remove.Pointers.All(pointer => pointer.Count == 1 && Glob.IsPlain(pointer[0])):
                    changed.AddRange(remove.Pointers.Select(pointer => pointer[0]));
                    break;
                default:
                    return null;
            }
        }

        // A cursor field that is changed must be looked at after the change.
        if (FieldUses.Of(VariableNames.Record, templates) is not { } reads || (cursorField is not null && changed.Contains(cursorField)))
        {
            return null;
        }

        List<string> fields = [.. reads, .. changed.Distinct().Where(field => !reads.Contains(field))];
        return new RecordEdits(fields, [.. transformations.SelectMany(transformation => StepsOf(transformation, fields))], reads.Count);
    }

    private static IEnumerable<EditStep> StepsOf(ITransformation transformation, List<string> fields) => transformation switch
    {
        AddFields add => add.Fields.Select(field => new EditStep(fields.IndexOf(field.Path[0]), add, field)),
        RemoveFields remove => remove.Pointers.Select(pointer => new EditStep(fields.IndexOf(pointer[0]), null, null)),
        _ => [],
    };
}

/// <summary>One change: a field that is set, or one that is removed.</summary>
/// <param name="Field">The field, by its place among the fields.</param>
/// <param name="Add">The transformation that sets it; null to remove it.</param>
/// <param name="Added">What it is set to; null to remove it.</param>
internal sealed record EditStep(int Field, AddFields? Add, AddedField? Added);
