using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Normalisation;

/// <summary>Gives a record's values the types of the stream's schema.</summary>
public interface ISchemaNormalisation
{
    /// <summary>Changes the record in place.</summary>
    /// <param name="record">The record, after its transformations.</param>
    /// <param name="schema">The stream's JSON Schema.</param>
    void Apply(DictValue record, Value schema);
}
