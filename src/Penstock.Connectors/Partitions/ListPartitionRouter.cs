using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Partitions;

/// <summary>One partition for each value of a list.</summary>
internal sealed class ListPartitionRouter(string field, IReadOnlyList<Value> values, IRequestOptions? option) : IPartitionRouter
{
    public IEnumerable<IRequestOptions> Options => option is null ? [] : [option];

    public bool HasParents => false;

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new SlicesPlanned([.. values.Select(value => PartitionJson.Slice(new DictValue { [field] = value }))], null);
    }
}
