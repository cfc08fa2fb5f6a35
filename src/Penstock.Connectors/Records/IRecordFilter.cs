using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records;

/// <summary>Leaves records out.</summary>
public interface IRecordFilter
{
    /// <summary>Whether a record is kept.</summary>
    /// <param name="record">The record.</param>
    /// <param name="variables">The config, the slice (<c>stream_slice</c>), the page's token and the record.</param>
    bool Keeps(DictValue record, EvaluationContext variables);
}
