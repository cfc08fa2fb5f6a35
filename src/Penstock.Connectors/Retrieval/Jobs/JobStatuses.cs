using Penstock.Connectors.Manifests;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Retrieval.Jobs;

/// <summary>What the source's names of statuses mean (<c>AsyncJobStatusMap</c>).</summary>
internal sealed class JobStatuses
{
    private readonly Dictionary<string, JobStatus> _statuses = new(StringComparer.Ordinal);

    public JobStatuses(ManifestNode map)
    {
        Add(map, "running", JobStatus.Running);
        Add(map, "completed", JobStatus.Completed);
        Add(map, "failed", JobStatus.Failed);
        Add(map, "timeout", JobStatus.Failed);
        Add(map, "skipped", JobStatus.Skipped);
    }

    /// <summary>The meaning of a status; null if the manifest doesn't tell.</summary>
    public JobStatus? Find(Value status) => _statuses.TryGetValue(status.ToString(), out var known) ? known : null;

    private void Add(ManifestNode map, string field, JobStatus status)
    {
        foreach (var name in map.List(field)) _statuses[name.Scalar.ToString()] = status;
    }
}

/// <summary>How a job is.</summary>
internal enum JobStatus
{
    Running,
    Completed,
    Failed,
    Skipped,
}
