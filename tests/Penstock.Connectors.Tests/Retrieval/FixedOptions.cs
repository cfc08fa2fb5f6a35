using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Retrieval;

/// <summary>A slice's option that is always the same.</summary>
internal sealed class FixedOptions(string name, string value) : IRequestOptions
{
    public void AddTo(InjectInto place, DictValue target, SliceScope slice, Value nextPageToken)
    {
        if (place == InjectInto.RequestParameter)
        {
            target[name] = value;
        }
    }
}
