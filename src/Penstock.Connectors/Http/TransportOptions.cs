namespace Penstock.Connectors.Http;

/// <summary>Bounds of one call.</summary>
public sealed record TransportOptions
{
    /// <summary>The most bytes of one response after decompression that are held in memory. 256 MiB by default, below 2 GiB.</summary>
    public int MaxResponseBytes { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxResponseBytes must be positive."); } = 256 * 1024 * 1024;

    /// <summary>The most bytes of one response after decompression that is read as a stream (CSV, JSON Lines). 16 GiB by default.</summary>
    public long MaxStreamedBytes { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxStreamedBytes must be positive."); } = 16L * 1024 * 1024 * 1024;

    /// <summary>How long to wait for the response's headers. Five minutes by default.</summary>
    public TimeSpan HeadersTimeout { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "HeadersTimeout must be positive."); } = TimeSpan.FromMinutes(5);

    /// <summary>How long a response's body may stand still. Two minutes by default.</summary>
    public TimeSpan IdleTimeout { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "IdleTimeout must be positive."); } = TimeSpan.FromMinutes(2);

    /// <summary>How many redirects of one call are followed. 30 by default.</summary>
    public int MaxRedirects { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxRedirects must not be negative."); } = 30;
}
