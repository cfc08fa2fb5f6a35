using System.Security.Cryptography;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Ids;

/// <summary>Ids for production: 103 bits from the system's cryptographic generator, so that nobody guesses or repeats one.</summary>
public sealed class CryptoIdSource : IIdSource
{
    /// <inheritdoc/>
    public string Next() => RandomNumberGenerator.GetString(RandomIdSource.Letters, RandomIdSource.Length);
}
