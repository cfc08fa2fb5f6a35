using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary>Changes a record in place.</summary>
internal interface ITransformation
{
    /// <summary>Changes the record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="slice">The slice that it was read for.</param>
    void Apply(DictValue record, SliceScope slice);
}
