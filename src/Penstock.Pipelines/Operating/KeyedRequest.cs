using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Operating;

/// <summary>A request that came with an idempotency key, and what was answered.</summary>
/// <param name="Fingerprint">Of what was asked: another request must not use the key.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Answer">What was answered; null as long as it is being done.</param>
public sealed record KeyedRequest(string Fingerprint, DateTimeOffset At, KeyedAnswer? Answer = null)
{
    /// <summary>All of them.</summary>
    public const string Folder = BlobAreas.State + "/requests/";
}

/// <summary>An answer that is given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body.</param>
/// <param name="ETag">The version that was answered with; null if there was none.</param>
public sealed record KeyedAnswer(int Status, string Json, string? ETag);
