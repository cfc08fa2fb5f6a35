using Penstock.Connectors.Values;

namespace Penstock.Connectors.Pagination;

/// <summary>Says which page comes next.</summary>
public interface IPaginationStrategy
{
    /// <summary>The token of the first page; none if the first request has none.</summary>
    Value FirstToken => Value.None;

    /// <summary>The records of a full page; null if that isn't declared.</summary>
    long? PageSize => null;

    /// <summary>The top-level fields of the response that it looks at; null if it may look at any.</summary>
    IReadOnlySet<string>? ResponseFields => null;

    /// <summary>The token of the next page; none after the last.</summary>
    /// <param name="page">The page that was read.</param>
    /// <param name="token">Its own token; none for the first page.</param>
    Value Next(PageView page, Value token);
}
