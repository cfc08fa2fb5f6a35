using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;
using Penstock.Pipelines.Drift;

namespace Penstock.Http.Drift;

/// <summary>How the sources' data has changed against what was agreed.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="book">What was seen.</param>
public sealed class DriftEndpoints(HttpEdge edge, DriftBook book)
{
    /// <summary><c>GET /api/drift?pipeline=&amp;stream=</c>: every drift, the last seen first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        (string pipeline, string stream) = (request.Query["pipeline"].ToString(), request.Query["stream"].ToString());
        if (stream.Length > 0 && pipeline.Length == 0)
        {
            return new ProblemResult(ProblemTypes.BadRequest.With("Mend the parameters that 'errors' names.")
                with { Errors = [new ProblemError("A stream belongs to a pipeline. Give 'pipeline' too.") { Parameter = "stream" }] });
        }

        IReadOnlyList<StreamSchema> schemas = stream.Length > 0
            ? await book.FindAsync(pipeline, stream, cancellationToken) is { } one ? [one] : []
            : await book.ListAsync(cancellationToken).Where(schema => pipeline.Length == 0 || schema.Pipeline == pipeline).ToListAsync(cancellationToken);
        return Results.Json(new DriftList([.. schemas.SelectMany(DriftView.Of).OrderByDescending(drift => drift.LastSeen)]), DriftJson.Default.DriftList);
    });
}
