using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;
using Penstock.Pipelines.Auditing;

namespace Penstock.Http.Operate.Auditing;

/// <summary>Verifies the invariants; changes nothing.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="audit">Audits.</param>
/// <param name="time">The clock.</param>
public sealed class AuditEndpoints(HttpEdge edge, OperatedPipelines catalog, ConsistencyAudit audit, TimeProvider time)
{
    // Front ends close a request that takes longer than 230 seconds.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(200);

    /// <summary><c>GET /api/audit</c>: what isn't as it must be, in all pipelines or one; <c>deep=true</c> compares curated with raw too.</summary>
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        string pipeline = request.Query["pipeline"].ToString();
        if (pipeline.Length > 0 && (await catalog.ListAsync(cancellationToken)).All(entry => entry.Name != pipeline))
            return new ProblemResult(ProblemTypes.UnknownPipeline.With($"There is no pipeline '{pipeline}'. GET /api/pipelines lists what there is."));
        var options = new AuditOptions
        {
            Pipelines = pipeline.Length > 0 ? [pipeline] : [],
            Deep = request.Query["deep"].ToString() == "true",
            Deadline = time.GetUtcNow() + Longest,
        };
        return ApiJson.Answer(await audit.RunAsync(options, cancellationToken: cancellationToken), ApiJson.Default.AuditReport);
    });
}
