using System.Text.Json.Serialization.Metadata;
using Penstock.Http.Problems;

namespace Penstock.Http.Routing;

/// <summary>
/// One endpoint, described once: the local host's routes and the OpenAPI document are made from it, and a test holds the
/// function app's triggers to it.
/// </summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The address with its parameters in braces.</param>
/// <param name="Name">Names it: the function's name, and OpenAPI's operation id.</param>
/// <param name="Tag">What it belongs to.</param>
/// <param name="Summary">What it does, in a sentence.</param>
internal sealed record Endpoint(string Method, string Route, string Name, string Tag, string Summary)
{
    /// <summary>Gives the method that answers: of the request, the route's parameters by name, and a cancellation token.</summary>
    public required Func<IServiceProvider, Delegate> Handler { get; init; }

    /// <summary>Whether no key guards it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The query's parameters.</summary>
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>What the body must be; null if there is none.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>The answers when all goes well.</summary>
    public IReadOnlyList<EndpointAnswer> Answers { get; init; } = [];

    /// <summary>The problems that it answers with, beside those of every endpoint.</summary>
    public IReadOnlyList<ProblemType> Problems { get; init; } = [];

    /// <summary>Whether its resource has an <c>ETag</c>: a reading answers with it, a change may be guarded with <c>If-Match</c>.</summary>
    public bool HasETag { get; init; }
}

/// <summary>A parameter of the query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means, in a sentence.</param>
/// <param name="Type">Its JSON type.</param>
/// <param name="Values">The values that there are; null if there are more than can be named.</param>
internal sealed record QueryParameter(string Name, string Description, string Type = "string", IReadOnlyList<string>? Values = null)
{
    /// <summary>The two parameters of every list.</summary>
    public static IReadOnlyList<QueryParameter> Page { get; } =
    [
        new("limit", "The most items, 1 to 500; by default 50.", "integer"),
        new("after", "The page's 'next'; left out for the first page."),
    ];
}

/// <summary>An answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Description">When it is given.</param>
/// <param name="Body">What the body is; null if there is none, or it isn't ours to describe.</param>
internal sealed record EndpointAnswer(int Status, string Description, JsonTypeInfo? Body = null)
{
    /// <summary>Whether the answer says where the thing is that was begun.</summary>
    public bool HasLocation { get; init; }
}
