using System.Globalization;
using System.Text;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Watching.Notices;

/// <summary>That an alert was raised or is over, on its way to who wants to hear of it.</summary>
public sealed record Notice
{
    /// <summary>All that are on their way.</summary>
    public const string Folder = BlobAreas.Ledger + "/notices/";

    /// <summary>The alert's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>What the alert is about.</summary>
    public required string Subject { get; init; }

    /// <summary><c>raised</c> or <c>resolved</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The alert's severity.</summary>
    public required string Severity { get; init; }

    /// <summary>Who answers for the data; may be empty.</summary>
    public required string Owner { get; init; }

    /// <summary>What is, or was, wrong.</summary>
    public required string Message { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was raised or resolved.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it goes.</summary>
    public required AlertTarget Target { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>The same for the same news: a receiver can tell what it has heard twice.</summary>
    public string Id => $"{ValueHash.Of(Encoding.UTF8.GetBytes($"{Kind} {Subject} {Status} {Since:O}")):x16}";

    /// <summary>The document's name, in the order of time.</summary>
    public string Name => $"{Folder}{At.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}-{Id}.json";
}
