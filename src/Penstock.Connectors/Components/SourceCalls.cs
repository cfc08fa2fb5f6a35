using Penstock.Connectors.Authentication;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Components;

/// <summary>Calls that a component of your own makes: within the credential's budget, to allowed hosts only, tried again as usual.</summary>
public sealed class SourceCalls
{
    private readonly Sender _sender;

    internal SourceCalls(ConnectorScope connector) =>
        _sender = new Sender(connector, NoAuth.Instance, DefaultErrorHandler.Plain, connector.Context, useCache: false, streams: false);

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<CallResult> SendAsync(SourceCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var outcome = await _sender.SendAsync(_ => new HttpCall(call.Method, call.Url, [.. call.Headers], [.. call.Headers.Select(header => header.Key)], call.Body), cancellationToken);
        if (outcome is MustWait wait) return new CallWaits(wait.Until, wait.Reason);
        if (outcome is SendFailed failed) return new CallFailed(failed.Error);
        using var answer = ((Delivered)outcome).Answer;
        return new CallAnswered(answer.Status, answer.Headers, (await answer.ReadAsync(cancellationToken)).Written.ToArray());
    }
}

/// <summary>A call to make.</summary>
/// <param name="Method">The method, upper case.</param>
/// <param name="Url">The whole address.</param>
/// <param name="Headers">The headers. They never go to another host.</param>
/// <param name="Body">The body, or null.</param>
public sealed record SourceCall(string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body = null);

/// <summary>What came of a call.</summary>
public abstract record CallResult
{
    private protected CallResult() { }
}

/// <summary>The source answered.</summary>
/// <param name="Status">The status: below 400, or one that is passed over.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body, decompressed.</param>
public sealed record CallAnswered(int Status, AnswerHeaders Headers, ReadOnlyMemory<byte> Body) : CallResult;

/// <summary>The quota or the source asks to wait.</summary>
/// <param name="Until">When to try again.</param>
/// <param name="Reason">Why.</param>
public sealed record CallWaits(DateTimeOffset Until, string Reason) : CallResult;

/// <summary>The call failed for good.</summary>
/// <param name="Error">Why.</param>
public sealed record CallFailed(SourceError Error) : CallResult;
