using Penstock.Pipelines.Contracts;

namespace Penstock.Pipelines.Receiving;

/// <summary>Tells received records whose payload wasn't JSON: they were landed to lose nothing, and can't be curated.</summary>
public static class RawPayload
{
    /// <summary>The reason for quarantine.</summary>
    public static Violation Violation { get; } = new("payload", RecordMembers.RawBase64, "The payload wasn't JSON. It is kept as base64.");

    /// <summary>Whether a received record is such a one.</summary>
    public static bool Is(ReadOnlySpan<byte> record) => record.StartsWith("{\"_raw_base64\":\""u8);
}
