using Penstock.Connectors.Authentication;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;

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
    /// <summary>The responses that <c>use_cache</c> keeps.</summary>
    public ResponseCache Cache { get; } = new(Options.CacheBytes);
}
