using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records;

/// <summary>Finds the records in a response.</summary>
public interface IRecordExtractor
{
    /// <summary>The records of a body, in order; each should be a mapping.</summary>
    /// <param name="body">What the decoder made of the response, or one part of it: a line, a row, an element of a list.</param>
    IEnumerable<Value> Extract(Value body);
}
