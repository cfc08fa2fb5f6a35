using System.Globalization;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;

namespace Penstock.Cli.Output;

/// <summary>What became of a run, a row a stream.</summary>
internal sealed record RunReport
{
    public required string Stream { get; init; }

    public required string Run { get; init; }

    public required string Status { get; init; }

    public long Read { get; init; }

    public long Landed { get; init; }

    public long Curated { get; init; }

    public long Quarantined { get; init; }

    public long Filtered { get; init; }

    public int Calls { get; init; }

    /// <summary>How many calls the quota would have allowed; null if no quota is known.</summary>
    public int? Allowed { get; init; }

    public int Throttled { get; init; }

    public double Seconds { get; init; }

    public string? Error { get; init; }

    public static RunReport Of(RunProgress one, TimeSpan elapsed, int? allowed = null) => new()
    {
        Stream = one.Run.Stream,
        Run = one.Run.Id,
        Status = one.Run.HasEnded && !one.Counts.IsCurated ? "notCurated" : Camel(one.Run.Status.ToString()),
        Read = one.Counts.Read,
        Landed = one.Counts.Landed,
        Curated = one.Counts.Curated,
        Quarantined = one.Counts.Quarantined,
        Filtered = one.Counts.Filtered,
        Calls = one.Counts.Calls,
        Allowed = allowed,
        Throttled = one.Counts.Throttled,
        Seconds = Math.Round(elapsed.TotalSeconds, 1),
        Error = one.Run.Error ?? (one.Run.HasEnded ? null : one.Counts.Remark),
    };

    public static void WriteTable(Surroundings surroundings, IReadOnlyList<RunReport> rows)
    {
        Report.WriteTable(
            surroundings,
            ["stream", "status", "read", "landed", "curated", "quarantined", "filtered", "calls used/allowed", "429s", "time"],
            rows.Select(row => new object?[]
            {
                row.Stream, row.Status, row.Read, row.Landed, row.Curated, row.Quarantined, row.Filtered,
                row.Allowed is { } allowed ? $"{row.Calls}/{allowed}" : $"{row.Calls}", row.Throttled, string.Create(CultureInfo.InvariantCulture, $"{row.Seconds:0.0} s"),
            }));
        foreach (RunReport row in rows.Where(row => row.Error is not null))
            surroundings.Error.WriteLine($"{row.Stream}: {row.Error}");
    }

    private static string Camel(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
