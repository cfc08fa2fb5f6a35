namespace Penstock.Pipelines.Runs;

/// <summary>Says that a run goes on.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Kind">Why it runs.</param>
public sealed record OpenRunMarker(string Pipeline, string Stream, string Run, RunKind Kind);
