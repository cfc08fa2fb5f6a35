using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Partitions;

/// <summary>Puts one field of the partition into requests; a field that is absent, empty or zero stays out, as in the reference.</summary>
internal sealed class PartitionOption(RequestOption option, string field, EvaluationContext context) : IRequestOptions
{
    public void AddTo(InjectInto place, DictValue target, SliceScope slice, Value nextPageToken)
    {
        if (place != option.Place) return;
        var value = PartitionJson.Read(slice.Slice.Partition).Find(field);
        if (value.IsTruthy) option.Inject(target, value, context);
    }
}
