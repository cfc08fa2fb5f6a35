using Microsoft.AspNetCore.Http;
using Penstock.Http.Commands;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Erasing;

namespace Penstock.Http.Operate;

/// <summary>The erasures: start, follow, prove. No answer holds a name.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="desk">Takes erasures on.</param>
/// <param name="book">The erasures.</param>
public sealed class ErasureEndpoints(HttpEdge edge, CommandEdge commands, ErasureDesk desk, ErasureBook book)
{
    /// <summary>
    /// <c>POST /api/erasures</c>: begins an erasure. Body: <c>{"subject": "ada@example.com"}</c>, or <c>{"subject": {"email": "…", "customer": ["…"]}}</c>.
    /// The same subject again is the same erasure, unless an <c>Idempotency-Key</c> tells them apart. 202 with <c>Location</c>.
    /// </summary>
    public Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken) =>
        // The activity log says that somebody was erased, and never whom.
        commands.RunAsync(request, new Command("StartErasure") { KeepsItsKey = true, IsLogged = false }, async body =>
        {
            IReadOnlyList<SubjectName> names = SubjectNames.Read(body);
            if (body.Refusal() is { } refusal)
                return refusal;
            string key = CommandEdge.KeyOf(request);
            return await desk.BeginAsync(names, key.Length > 0 ? key : null, cancellationToken) switch
            {
                ErasureBegun { Erasure: var erasure } =>
                    ApiJson.Answer(ErasureView.Of(erasure, erasure.Counts), ApiJson.Default.ErasureView, StatusCodes.Status202Accepted) with { Location = $"/api/erasures/{erasure.Id}" },
                ErasureInvalid invalid => new ProblemResult(ProblemTypes.Invalid.With(invalid.Reason) with { Errors = [new ProblemError(invalid.Reason) { Pointer = $"#/{invalid.Field}" }] }),
                ErasureRefused refused => new ProblemResult(ProblemTypes.NotReady.With(refused.Reason)),
                _ => throw new InvalidOperationException("The erasure is neither begun nor refused."),
            };
        }, cancellationToken);

    /// <summary><c>GET /api/erasures?limit=&amp;after=</c>: erasures, the newest first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        PageQuery page = PageQuery.Read(request, errors);
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        Page<Erasure> taken = await NewestFirst.TakeAsync(
            book.ListAsync(cancellationToken), erasure => new PagePlace(erasure.RequestedAt, erasure.Id), page, cancellationToken);
        return ApiJson.Answer(new PageOfErasures([.. taken.Items.Select(erasure => ErasureView.Of(erasure, erasure.Counts))], taken.Next), ApiJson.Default.PageOfErasures);
    });

    /// <summary><c>GET /api/erasures/{id}</c>: how far one is, and what it has found.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await book.FindAsync(id, cancellationToken) is { } erasure
            ? ApiJson.Answer(ErasureView.Of(erasure, erasure.Counts ?? await book.CountAsync(id, cancellationToken)), ApiJson.Default.ErasureView)
            : Unknown(id));

    /// <summary><c>GET /api/erasures/{id}/findings?limit=&amp;after=</c>: where the subject was found and what was done there, the newest first.</summary>
    public Task<IResult> FindingsAsync(HttpRequest request, string id, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        PageQuery page = PageQuery.Read(request, errors);
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        if (await book.FindAsync(id, cancellationToken) is null)
            return Unknown(id);
        Page<ErasureFinding> taken = await NewestFirst.TakeAsync(
            book.FindingsAsync(id, cancellationToken: cancellationToken), finding => new PagePlace(finding.At, $"{finding.Store} {finding.Item}"), page, cancellationToken);
        return ApiJson.Answer(new PageOfErasureFindings([.. taken.Items.Select(Of)], taken.Next), ApiJson.Default.PageOfErasureFindings);
    });

    private static ErasureFindingView Of(ErasureFinding finding) => new(
        finding.Store, finding.Item, finding.Action, finding.Records, finding.Shredded > 0 ? finding.Shredded : null, finding.Before, finding.After, finding.At);

    private static ProblemResult Unknown(string id) => new(ProblemTypes.UnknownErasure.With($"There is no erasure '{id}'. GET /api/erasures lists them."));
}
