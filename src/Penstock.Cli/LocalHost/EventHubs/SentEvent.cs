namespace Penstock.Cli.LocalHost.EventHubs;

/// <summary>An event as its sender gave it, before it has a place in a partition.</summary>
/// <param name="Body">The body.</param>
internal sealed record SentEvent(ReadOnlyMemory<byte> Body)
{
    public string? ContentType { get; init; }

    public BrokerProperties Broker { get; init; } = BrokerProperties.None;

    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();
}
