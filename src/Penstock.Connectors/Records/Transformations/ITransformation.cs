using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary>Changes a record in place.</summary>
public interface ITransformation
{
    /// <summary>Changes the record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="variables">The config, the slice, and the record itself.</param>
    void Apply(DictValue record, EvaluationContext variables);
}
