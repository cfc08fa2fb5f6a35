using Penstock.Pipelines.Watching;

namespace Penstock.Pipelines.Stages;

/// <summary>Watch: looks for what should have happened and didn't. Mends what is only a lost message; alerts for the rest.</summary>
/// <param name="monitors">What to look at.</param>
public sealed class WatchStage(IEnumerable<IMonitor> monitors)
{
    /// <summary>Runs every monitor; one that fails doesn't stop the others.</summary>
    /// <returns>What was found or mended, a line each.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken = default)
    {
        var findings = new List<string>();
        foreach (IMonitor monitor in monitors)
        {
            try
            {
                await foreach (string finding in monitor.LookAsync(cancellationToken))
                    findings.Add(finding);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                findings.Add($"{monitor.GetType().Name} failed: {e.Message}");
            }
        }

        return findings;
    }
}
