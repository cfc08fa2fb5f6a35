using System.Globalization;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Operate;

/// <summary>The slices of a run.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="runs">Finds runs.</param>
/// <param name="slices">Finds slices.</param>
/// <param name="time">The clock.</param>
public sealed class SliceEndpoints(HttpEdge edge, RunBook runs, SliceList slices, TimeProvider time)
{
    /// <summary><c>GET /api/runs/{pipeline}/{stream}/{run}/slices?limit=&amp;after=</c>: slices in order.</summary>
    public Task<IResult> ListAsync(HttpRequest request, string pipeline, string stream, string run, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        int limit = PageQuery.ReadLimit(request, errors);
        int first = 0;
        if (request.Query["after"].ToString() is { Length: > 0 } after
            && (!int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out first) || ++first <= 0))
            errors.Add(new ProblemError("It isn't the 'next' of a page. Leave it out to begin with the first page.") { Parameter = "after" });
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        if (await runs.FindAsync(pipeline, stream, run, cancellationToken) is not { Value: var found })
            return new ProblemResult(ProblemTypes.UnknownRun.With($"There is no run '{run}' of {pipeline}/{stream}. GET /api/runs?pipeline={pipeline} lists them."));
        DateTimeOffset now = time.GetUtcNow();
        var page = await slices.ReadAsync(found, first, limit, cancellationToken);
        int last = first + page.Count - 1;
        return ApiJson.Answer(
            new PageOfSlices([.. page.Select(slice => SliceViews.Of(slice.Ordinal, slice.Planned, slice.Document, now))], last + 1 < found.Slices && page.Count > 0 ? $"{last}" : null),
            ApiJson.Default.PageOfSlices);
    });
}
