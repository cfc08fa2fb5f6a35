using System.Globalization;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Operating;

/// <summary>What somebody did, or tried to.</summary>
public sealed record ActivityEntry
{
    /// <summary>The entry's id; a later one comes first in ordinal order.</summary>
    public required string Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required Operator Who { get; init; }

    /// <summary>From which address; null if that isn't known.</summary>
    public string? From { get; init; }

    /// <summary>What, for example <c>StartBackfill</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what: the request's path.</summary>
    public required string Target { get; init; }

    /// <summary>The request's body as JSON, where it holds no records; null otherwise.</summary>
    public string? Request { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>Which problem refused it; null if none did.</summary>
    public string? Problem { get; init; }

    /// <summary>Names the request in logs and traces.</summary>
    public required string RequestId { get; init; }

    /// <summary>All entries, the newest first in their listing.</summary>
    public const string Folder = BlobAreas.Ledger + "/activity/";

    /// <summary>The entry's name.</summary>
    public string Name => $"{Folder}{Id}.json";

    /// <summary>An id that sorts before those of earlier entries.</summary>
    public static string IdOf(DateTimeOffset at, string unique) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - at.UtcTicks:D19}-{unique}");
}

/// <summary>Who operates.</summary>
/// <param name="Kind">How that is known: <c>entra</c>, <c>key</c> or <c>local</c>.</param>
/// <param name="Name">The name; of a key's holder, the one that he gave himself, or <c>key</c>.</param>
/// <param name="Id">The object id in Entra ID; null where there is none.</param>
public sealed record Operator(string Kind, string Name, string? Id = null);
