using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary><c>KeysReplace</c>: a text inside keys replaced by another, in nested objects too (not inside lists).</summary>
internal sealed class KeysReplace(InterpolatedString old, InterpolatedString replacement) : ITransformation
{
    public void Apply(DictValue record, EvaluationContext variables)
    {
        var from = old.EvaluateText(variables);
        if (from.Length > 0)
        {
            Rename(record, from, replacement.EvaluateText(variables));
        }
    }

    private static void Rename(DictValue dict, string from, string to)
    {
        foreach (var (key, value) in dict.Entries.ToList())
        {
            if (value.AsDict is { } nested)
            {
                Rename(nested, from, to);
            }

            dict.Entries.Remove(key);
            dict[key.ToString().Replace(from, to)] = value;
        }
    }
}
