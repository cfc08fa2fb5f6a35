namespace Penstock.Http.Bodies;

/// <summary>How large a body may be: memory depends on these, not on what senders send.</summary>
public sealed record BodyLimits
{
    /// <summary>The most bytes on the wire; default 4 MiB.</summary>
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most bytes that a compressed body may unpack to; default 16 MiB.</summary>
    public int MaxUnpackedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most bytes that all bodies together may take, unpacked ones included; default 64 MiB. What comes beyond gets 429.</summary>
    public long MaxBytesInWork { get; init; } = 64 * 1024 * 1024;
}
