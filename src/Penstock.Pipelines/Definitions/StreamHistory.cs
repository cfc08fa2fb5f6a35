using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Definitions;

/// <summary>Which versions of a stream's records are curated.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="ValidFrom">With SCD2, the path of the field that says since when a record is valid; null: its version, if that is an instant, else when it was taken.</param>
public sealed record StreamHistory(HistoryMode Mode, string? ValidFrom = null)
{
    /// <summary>The latest version of each record.</summary>
    public static StreamHistory Latest { get; } = new(HistoryMode.Latest);
}
