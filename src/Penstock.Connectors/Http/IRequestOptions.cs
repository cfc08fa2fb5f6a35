using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Http;

/// <summary>Adds a component's options to a request: a partition router's, a cursor's, a paginator's.</summary>
public interface IRequestOptions
{
    /// <summary>Adds the options that go to one place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="target">Gets the options.</param>
    /// <param name="slice">The slice that is read.</param>
    /// <param name="nextPageToken">The token of the page that is asked for; none for the first page.</param>
    void AddTo(InjectInto place, DictValue target, SliceScope slice, Value nextPageToken);
}
