using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Ledger;

/// <summary>Something that a person must know. It stays until it is over.</summary>
/// <param name="Kind">Which monitor raised it, for example <c>freshness</c>.</param>
/// <param name="Subject">What it is about: <c>pipeline/stream</c>, or a queue.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Since">When it was first seen.</param>
public sealed record Alert(string Kind, string Subject, string Message, DateTimeOffset Since)
{
    /// <summary><c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    public string Severity { get; init; } = "error";

    /// <summary>Who answers for it: a team or an address; may be empty.</summary>
    public string Owner { get; init; } = "";

    /// <summary>All alerts that aren't over.</summary>
    public const string Folder = BlobAreas.Ledger + "/alerts/";

    /// <summary>The alert's name: one for each monitor and subject.</summary>
    public string Name => $"{Folder}{Kind}/{BlobNames.Segment(Subject)}.json";
}
