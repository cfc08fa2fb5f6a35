using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Http;

/// <summary>Joins what several components put into one place of a request, as the reference does: two that set the same field collide.</summary>
internal static class OptionMerge
{
    /// <summary>Joins mappings, or gives the one text that there is.</summary>
    /// <param name="what">The place, for messages.</param>
    /// <param name="options">Mappings, texts or none.</param>
    /// <param name="mergesNested">Whether nested mappings are joined and equal values may meet (JSON bodies).</param>
    /// <exception cref="SourceFaultException">Two components set the same field.</exception>
    public static Value Combine(string what, IEnumerable<Value> options, bool mergesNested = false)
    {
        var present = options.Where(option => !option.IsNone && option.AsDict?.Length != 0).ToList();
        if (present.Count == 1 && present[0].AsText is not null)
        {
            return present[0];
        }

        var merged = new DictValue();
        foreach (var option in present)
        {
            var mapping = option.AsDict ?? throw SourceFaultException.System($"The {what} is a text and can't be joined with other options.");
            Merge(what, merged, mapping, mergesNested);
        }

        return merged;
    }

    private static void Merge(string what, DictValue target, DictValue source, bool mergesNested)
    {
        foreach (var (key, value) in source.Entries)
        {
            if (!target.Entries.TryGetValue(key, out var present))
            {
                // Merging changes mappings in place, and the parts may belong to a component that is used again.
                target[key] = PlainValues.Copy(value);
            }
            else if (mergesNested && present.AsDict is { } into && value.AsDict is { } from)
            {
                Merge(what, into, from, mergesNested);
            }
            else if (!mergesNested || present != value)
            {
                throw SourceFaultException.System($"Two components set the same field '{key}' of the {what}.");
            }
        }
    }
}
