using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;
using Penstock.Pipelines.Catalogue;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lineage;

namespace Penstock.Http.Catalogue;

/// <summary>The catalogue and the lineage.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="reader">Reads both.</param>
/// <param name="catalog">The pipelines.</param>
public sealed class CatalogEndpoints(HttpEdge edge, CatalogReader reader, IPipelineCatalog catalog)
{
    private const int MaxSamples = 20;

    /// <summary><c>GET /api/catalog?pipeline=&amp;stream=&amp;samples=</c>: each stream's entry.</summary>
    public Task<IResult> CatalogAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        int samples = 0;
        if (request.Query["samples"].ToString() is { Length: > 0 } text && (!int.TryParse(text, out samples) || samples is < 0 or > MaxSamples))
            return Wrong(new ProblemError($"'{text}' isn't a number of samples. Give 0 to {MaxSamples}.") { Parameter = "samples" });
        (Choice choice, IResult? problem) = await ChooseAsync(request, cancellationToken);
        return problem ?? Results.Json(await reader.ReadAsync(choice.Pipeline, choice.Stream, samples, cancellationToken), CatalogJson.Default.DataCatalog);
    });

    /// <summary><c>GET /api/lineage?pipeline=&amp;stream=</c>: the graph.</summary>
    public Task<IResult> LineageAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        (Choice choice, IResult? problem) = await ChooseAsync(request, cancellationToken);
        return problem ?? Results.Json(LineageGraph.Of(await reader.ReadLineageAsync(choice.Pipeline, choice.Stream, cancellationToken)), CatalogJson.Default.LineageGraph);
    });

    private async ValueTask<(Choice Choice, IResult? Problem)> ChooseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var choice = new Choice(Text(request, "pipeline"), Text(request, "stream"));
        if (choice.Pipeline is null)
            return (choice, choice.Stream is null ? null : Wrong(new ProblemError("A stream belongs to a pipeline. Give 'pipeline' too.") { Parameter = "stream" }));
        return (choice, await catalog.FindAsync(choice.Pipeline, cancellationToken) switch
        {
            null => new ProblemResult(ProblemTypes.UnknownPipeline.With($"There is no pipeline '{choice.Pipeline}'. GET /api/pipelines lists them.")),
            UsablePipeline { Pipeline: var pipeline } when choice.Stream is { } stream && pipeline.Find(stream) is null =>
                new ProblemResult(ProblemTypes.UnknownStream.With($"The pipeline '{choice.Pipeline}' has no stream '{stream}'. GET /api/pipelines/{choice.Pipeline} lists them.")),
            _ => null,
        });
    }

    private static string? Text(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    private static ProblemResult Wrong(ProblemError error) =>
        new(ProblemTypes.BadRequest.With("Mend the parameters that 'errors' names.") with { Errors = [error] });

    private sealed record Choice(string? Pipeline, string? Stream);
}
