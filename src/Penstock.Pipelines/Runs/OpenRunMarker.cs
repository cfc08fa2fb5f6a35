namespace Penstock.Pipelines.Runs;

/// <summary>Says that a run goes on.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Kind">Why it runs.</param>
/// <param name="Begun">The run as it begins: whoever finds the marker without its run begins it.</param>
public sealed record OpenRunMarker(string Pipeline, string Stream, string Run, RunKind Kind, Run? Begun = null);
