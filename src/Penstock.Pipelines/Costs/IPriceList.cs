namespace Penstock.Pipelines.Costs;

/// <summary>What things cost here.</summary>
public interface IPriceList
{
    /// <summary>Reads the prices: the defaults, where nobody says otherwise.</summary>
    /// <exception cref="InvalidDataException">The file is wrong; the message says where and what to do.</exception>
    ValueTask<Prices> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>The default prices.</summary>
public sealed class DefaultPrices : IPriceList
{
    /// <inheritdoc/>
    public ValueTask<Prices> ReadAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(new Prices());
}
