using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Http;

/// <summary>
/// Changes requests before they are sent: what a Python requester overrides. All fields of an <c>HttpRequester</c> hold for it:
/// address, options, authenticator, error handler.
/// </summary>
public interface IRequestChange
{
    /// <summary>Changes a request in place.</summary>
    /// <param name="draft">The request as the manifest declares it, authentication included.</param>
    /// <param name="variables">The config, the slice (<c>stream_slice</c>) and the page's token (<c>next_page_token</c>).</param>
    void Change(RequestDraft draft, EvaluationContext variables);
}

/// <summary>A request that isn't quoted yet.</summary>
public sealed class RequestDraft
{
    /// <summary>The method, upper case.</summary>
    public required string Method { get; set; }

    /// <summary>The whole address, without <see cref="Parameters"/>.</summary>
    public required string Url { get; set; }

    /// <summary>The parameters of the query; a list repeats its name.</summary>
    public required DictValue Parameters { get; init; }

    /// <summary>The headers.</summary>
    public required DictValue Headers { get; init; }

    /// <summary>The JSON body; none for another one or for no body.</summary>
    public Value Json { get; set; }

    /// <summary>The form (a mapping) or the text that is the body; none for another one or for no body.</summary>
    public Value Data { get; set; }
}
