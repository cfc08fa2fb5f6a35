using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Ingest;

internal static class IngestRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("POST", "/ingest/{pipeline}/{stream}", "Ingest", "Webhooks", "Takes what a webhook pushes: records, or CloudEvents.")
        {
            Handler = services => services.GetRequiredService<IngestEndpoints>().PostAsync,
            IsOpen = true,
            Answers = [new EndpointAnswer(202, "All of it is landed.", ReceiptJson.Default.Receipt)],
            Problems =
            [
                ProblemTypes.BadBody, ProblemTypes.BadRequest, ProblemTypes.WrongSignature, ProblemTypes.UnknownPipeline, ProblemTypes.UnknownStream,
                ProblemTypes.TooLarge, ProblemTypes.WrongContentType, ProblemTypes.Busy, ProblemTypes.NotLanded, ProblemTypes.NotReady,
            ],
        },
    ];
}
