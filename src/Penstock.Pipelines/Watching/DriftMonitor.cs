using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Alerts when the shape of a stream's records has changed. A drift that is frozen is over when the contract or the policy is
/// changed; any other also when it wasn't seen for an hour.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="drifts">What has drifted.</param>
/// <param name="alerting">Where alerts go.</param>
/// <param name="time">The clock.</param>
public sealed class DriftMonitor(IPipelineCatalog catalog, DriftBook drifts, Alerting alerting, TimeProvider time) : StreamMonitor(catalog, alerting)
{
    private const int MostTold = 5;
    private static readonly TimeSpan Lasting = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override string Kind => "drift";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if (await drifts.FindAsync(pipeline.Name, stream.Name, cancellationToken) is not { Drifts.Count: > 0 } schema)
            return null;
        DriftRecord[] open = [.. schema.Drifts.Where(drift => IsOpen(drift, stream))];
        if (open.Length == 0)
            return null;
        string what = string.Join("; ", open.Take(MostTold).Select(Tell));
        return new Problem(
            open.Max(drift => drift.Mode) == DriftMode.Evolve ? "info" : open.Any(drift => drift.Mode == DriftMode.Freeze) ? "error" : "warning",
            $"{what}{(open.Length > MostTold ? $"; and {open.Length - MostTold} more" : "")}. Mend the source, declare it in the contract, or change 'drift'.");
    }

    private bool IsOpen(DriftRecord drift, PipelineStream stream)
    {
        string? contract = stream.Contract is { } one ? $"{one.Id}@{one.Version}" : null;
        if (drift.Contract != contract || (drift.Mode != DriftMode.Evolve && stream.Drift.Of(drift.Entity) != drift.Mode))
            return false;
        return drift.Mode == DriftMode.Freeze || time.GetUtcNow() - drift.LastSeen < Lasting;
    }

    private static string Tell(DriftRecord drift) => drift.Entity switch
    {
        DriftEntity.NewColumn => $"new column '{drift.Path}' ({NameOf(drift.Found)}), {What(drift.Mode)}",
        DriftEntity.TypeChange => $"'{drift.Path}' is {NameOf(drift.Found)}{(drift.Expected is { } type and not LogicalType.Any ? $" instead of {type.ToString().ToLowerInvariant()}" : "")} in {drift.Records} records, {What(drift.Mode)}",
        _ => $"'{drift.Path}' is missing in {drift.Records} records, {What(drift.Mode)}",
    };

    private static string NameOf(Statistics.ValueKind kind) => kind.ToString().ToLowerInvariant();

    private static string What(DriftMode mode) => mode switch
    {
        DriftMode.Evolve => "curated as it is",
        DriftMode.DiscardValue => "curated without the value",
        _ => "set aside",
    };
}
