using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary><c>KeysToLower</c>: the keys at the top level in lower case.</summary>
internal sealed class KeysToLower : ITransformation
{
    public void Apply(DictValue record, EvaluationContext variables)
    {
        foreach (var key in record.Entries.Keys.ToList())
        {
            var value = record[key];
            record.Entries.Remove(key);
            record[key.ToString().ToLowerInvariant()] = value;
        }
    }
}
