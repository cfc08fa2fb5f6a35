using System.Globalization;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Catalogue;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;

namespace Penstock.Http.Catalogue;

/// <summary>What streams cost.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="costs">Adds up.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="time">The clock.</param>
public sealed class CostEndpoints(HttpEdge edge, CostReader costs, IPipelineCatalog catalog, TimeProvider time)
{
    private const int DefaultDays = 7;

    /// <summary><c>GET /api/cost?pipeline=&amp;from=&amp;to=</c>: usage and cost of each stream.</summary>
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        DateOnly to = Day(request, "to", DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1), errors);
        DateOnly from = Day(request, "from", to.AddDays(-DefaultDays), errors);
        if (errors.Count == 0 && (from >= to || to.DayNumber - from.DayNumber > CostReader.MaxDays))
            errors.Add(new ProblemError($"From {from:O} to {to:O} are {to.DayNumber - from.DayNumber} days; a report has 1 to {CostReader.MaxDays}.") { Parameter = "from" });
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        string? pipeline = request.Query["pipeline"].ToString() is { Length: > 0 } text ? text : null;
        if (pipeline is not null && await catalog.FindAsync(pipeline, cancellationToken) is null)
            return new ProblemResult(ProblemTypes.UnknownPipeline.With($"There is no pipeline '{pipeline}'. GET /api/pipelines lists them."));
        try
        {
            return Results.Json(await costs.ReadAsync(pipeline, from, to, cancellationToken), CatalogJson.Default.CostReport);
        }
        catch (InvalidDataException e)
        {
            return new ProblemResult(ProblemTypes.NotReady.With(e.Message));
        }
    });

    private static DateOnly Day(HttpRequest request, string name, DateOnly otherwise, List<ProblemError> errors)
    {
        if (request.Query[name].ToString() is not { Length: > 0 } text)
            return otherwise;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            return day;
        errors.Add(new ProblemError($"'{text}' isn't a day. Write, for example, 2026-11-01.") { Parameter = name });
        return otherwise;
    }
}
