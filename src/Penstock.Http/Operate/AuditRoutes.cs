using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Operate.Auditing;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class AuditRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/audit", "GetAudit", "Audit", "Verifies over the real stores that nothing is lost: blobs against slices, counts, cursors, orphans, what is stuck. Changes nothing.")
        {
            Handler = services => services.GetRequiredService<AuditEndpoints>().GetAsync,
            Query =
            [
                new QueryParameter("pipeline", "Of one pipeline; all by default."),
                new QueryParameter("deep", "Whether curated records are compared with what raw gives.", "boolean"),
            ],
            Answers = [new EndpointAnswer(200, "What was checked and found; isComplete is false if the time was over before.", ApiJson.Default.AuditReport)],
            Problems = [ProblemTypes.UnknownPipeline],
        },
    ];
}
