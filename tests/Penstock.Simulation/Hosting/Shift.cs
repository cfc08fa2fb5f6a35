using System.Text.Json.Nodes;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Hosting;

/// <summary>A worker's work on one message or at one tick. It flows with the work, so that whoever is called can tell what for.</summary>
/// <param name="BeganAt">When it began.</param>
/// <param name="Deadline">When it must stop gracefully, by the worker's clock.</param>
public sealed record Shift(DateTimeOffset BeganAt, DateTimeOffset Deadline)
{
    private static readonly AsyncLocal<Shift?> s_current = new();

    /// <summary>The one that goes on; null outside of messages.</summary>
    public static Shift? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>The slice that the message is about: its run and its number; null for none.</summary>
    public string? Slice { get; init; }

    /// <summary>The slice's run.</summary>
    public string? Run => Slice?.Split(' ')[0];

    /// <summary>Whether it is a look of Watch.</summary>
    public bool IsWatch { get; init; }

    /// <summary>Whether the slice is a backfill's.</summary>
    public bool IsBackfill => Slice?.StartsWith("backfill-", StringComparison.Ordinal) == true;

    /// <summary>The slice that an extract message names.</summary>
    public static string? SliceOf(WorkItem item) =>
        item.Queue == QueueNames.Extract && JsonNode.Parse(item.Body.Span) is { } message ? $"{message["run"]} {message["slice"]}" : null;

    /// <summary>Pages that were read after the deadline.</summary>
    public int LatePages { get; set; }
}
