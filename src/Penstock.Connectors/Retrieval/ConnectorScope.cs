using System.Collections.Concurrent;
using Penstock.Connectors.Authentication;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval;

/// <summary>What all streams of one connector with one config share.</summary>
/// <param name="Config">The config, after normalisation.</param>
/// <param name="Transport">Sends calls.</param>
/// <param name="Budget">The credential's budget.</param>
/// <param name="Options">How slices are read.</param>
/// <param name="Time">The clock.</param>
/// <param name="Random">Chance, for jitter.</param>
/// <param name="Tokens">Keeps renewed tokens; null if they may be forgotten.</param>
internal sealed record ConnectorScope(
    DictValue Config, HttpTransport Transport, IRateBudget Budget, ReadingOptions Options, TimeProvider Time, Random Random, ITokenStore? Tokens)
{
    private readonly ConcurrentDictionary<string, object> _shared = [];

    /// <summary>What every template sees: the config. Not to be changed; take an inner context for more variables.</summary>
    public EvaluationContext Context { get; } = new(Config, Time);

    /// <summary>The responses that <c>use_cache</c> keeps.</summary>
    public ResponseCache Cache { get; } = new(Options.CacheBytes);

    /// <summary>
    /// One component for all streams that declare the same: an authenticator whose token they should share, and whose
    /// single-use refresh token they must not use twice.
    /// </summary>
    public T Share<T>(ManifestNode node, Func<T> make)
        where T : class
    {
        var key = ValueJsonWriter.ToText(node.ToValue());
        if (_shared.TryGetValue(key, out var known))
        {
            return (T)known;
        }

        // One with errors is made again for the next stream, so that the errors are told there too.
        var made = make();
        return node.Problems.HasErrors ? made : (T)_shared.GetOrAdd(key, made);
    }
}
