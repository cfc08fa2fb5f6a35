using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Ids;

/// <summary>Ids for tests and simulations: the same seed gives the same ids.</summary>
/// <param name="random">The chance; used under a lock of this source.</param>
public sealed class RandomIdSource(Random random) : IIdSource
{
    internal const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    internal const int Length = 20;
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Next()
    {
        lock (_lock)
            return random.GetString(Letters, Length);
    }
}
