using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Ledger;

/// <summary>A message that can't be processed (DESIGN 3).</summary>
/// <param name="Id">The dead letter's id.</param>
/// <param name="Queue">The queue it was in.</param>
/// <param name="Reason">Why it can't be processed.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Body">The message, base64.</param>
public sealed record DeadLetter(string Id, string Queue, string Reason, DateTimeOffset At, string Body)
{
    /// <summary>When an operator changed the message last; null if nobody did.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>All dead letters.</summary>
    public const string Folder = BlobAreas.Ledger + "/deadletters/";

    /// <summary>The dead letter's name.</summary>
    public string Name => $"{Folder}{Queue}/{Id}.json";
}
