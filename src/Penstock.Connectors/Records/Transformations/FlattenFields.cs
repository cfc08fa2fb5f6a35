using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary><c>FlattenFields</c>: nested fields move to the top level, under a longer name only where names meet or lists were.</summary>
internal sealed class FlattenFields(bool flattenLists) : ITransformation
{
    public void Apply(DictValue record, EvaluationContext variables)
    {
        var flat = Flatten(record);
        record.Entries.Clear();
        foreach (var (key, value) in flat.Entries)
        {
            record[key] = value;
        }
    }

    // The names depend on the order of the walk, which is the reference's: last in, first out.
    private DictValue Flatten(DictValue record)
    {
        var flat = new DictValue();
        var open = new Stack<(Value Value, string Name)>();
        open.Push((record, "_"));
        var needsParentName = false;
        while (open.TryPop(out var current))
        {
            if (current.Value.AsDict is { } dict)
            {
                foreach (var (key, value) in dict.Entries)
                {
                    var name = key.ToString();
                    open.Push((value, needsParentName || flat.Entries.ContainsKey(name) ? $"{current.Name}.{name}" : name));
                }
            }
            else if (flattenLists && current.Value.AsList is { } list)
            {
                needsParentName |= list.Elements.Count > 0;
                for (var i = 0; i < list.Elements.Count; i++)
                {
                    open.Push((list.Elements[i], $"{current.Name}.{i}"));
                }
            }
            else
            {
                flat[current.Name] = current.Value;
            }
        }

        return flat;
    }
}
