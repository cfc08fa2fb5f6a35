using Microsoft.AspNetCore.Http;
using Penstock.Connectors.Budgets;
using Penstock.Http.Bodies;
using Penstock.Http.Commands;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Definitions;

namespace Penstock.Http.Operate.Budgets;

/// <summary>The budgets: what each credential may still call; pausing one.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="commands">What all changes do.</param>
/// <param name="operators">Who operates.</param>
/// <param name="catalog">Who uses which.</param>
/// <param name="budgets">Shows and pauses them.</param>
/// <param name="time">The clock.</param>
public sealed class BudgetEndpoints(
    HttpEdge edge, CommandEdge commands, Operators operators, IPipelineCatalog catalog, BudgetLedger budgets, TimeProvider time)
{
    private const int MaxReason = 500;

    /// <summary><c>GET /api/budgets?limit=&amp;after=</c>: every credential's, also of those that were never used, in order of their names.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        int limit = PageQuery.ReadLimit(request, errors);
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        string after = request.Query["after"].ToString();
        var users = new BudgetUsers(await catalog.ListAsync(cancellationToken));
        var known = new SortedDictionary<string, BudgetReport>(StringComparer.Ordinal);
        foreach (string credential in users.Credentials)
            known[credential] = Unused(credential);
        await foreach (BudgetReport budget in budgets.ListAsync(cancellationToken))
            known[budget.Credential] = budget;
        BudgetReport[] page = [.. known.Values.Where(budget => string.CompareOrdinal(budget.Credential, after) > 0).Take(limit + 1)];
        return ApiJson.Answer(
            new PageOfBudgets([.. page.Take(limit).Select(budget => BudgetView.Of(budget, users.Of(budget.Credential)))], page.Length > limit ? page[limit - 1].Credential : null),
            ApiJson.Default.PageOfBudgets);
    });

    /// <summary><c>GET /api/budgets/{credential}</c>: one credential's, with an <c>ETag</c> for pausing and resuming.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string credential, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await FindAsync(credential, cancellationToken) is var (budget, users) ? Show(budget, users) : Unknown(credential));

    /// <summary><c>POST /api/budgets/{credential}/pause</c>: no worker calls with it. Body: none, or <c>{"reason"?, "until"?}</c>.</summary>
    public Task<IResult> PauseAsync(HttpRequest request, string credential, CancellationToken cancellationToken) =>
        SetAsync(request, "PauseBudget", credential, body => PauseOf(request, body), cancellationToken);

    /// <summary><c>POST /api/budgets/{credential}/resume</c>: it may be called with again.</summary>
    public Task<IResult> ResumeAsync(HttpRequest request, string credential, CancellationToken cancellationToken) =>
        SetAsync(request, "ResumeBudget", credential, _ => null, cancellationToken);

    private Task<IResult> SetAsync(HttpRequest request, string action, string credential, Func<RequestObject, BudgetPause?> read, CancellationToken cancellationToken) =>
        commands.RunAsync(request, new Command(action), async body =>
        {
            BudgetPause? pause = read(body);
            if (body.Refusal() is { } refusal)
                return refusal;
            if (await FindAsync(credential, cancellationToken) is not var (_, users))
                return Unknown(credential);
            return await budgets.SetPauseAsync(credential, pause, ETags.IfMatch(request), cancellationToken) is { } set
                ? Show(set, users)
                : ETags.Changed($"The pause of '{credential}'");
        }, cancellationToken);

    private BudgetPause PauseOf(HttpRequest request, RequestObject body)
    {
        string reason = body.OptionalText("reason", MaxReason) ?? "";
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? until = body.OptionalInstant("until");
        if (until is { } end && end <= now && body.Errors.Count == 0)
            body.Refuse("until", $"'until' ({end:O}) is over. Give an instant to come, or leave it out to pause until it is resumed.");
        return new BudgetPause(until, reason, now, operators.Of(request).Name);
    }

    // A misspelt name must not become a budget: it is one that was used, or that a pipeline calls with.
    private async ValueTask<(BudgetReport Budget, IReadOnlyList<string> Users)?> FindAsync(string credential, CancellationToken cancellationToken)
    {
        var users = new BudgetUsers(await catalog.ListAsync(cancellationToken)).Of(credential);
        BudgetReport? budget = await budgets.FindAsync(credential, cancellationToken);
        return budget is null && users.Count == 0 ? null : (budget ?? Unused(credential), users);
    }

    private static BudgetReport Unused(string credential) => new(credential, null, []);

    private static JsonAnswer Show(BudgetReport budget, IReadOnlyList<string> users) =>
        ApiJson.Answer(BudgetView.Of(budget, users), ApiJson.Default.BudgetView) with { ETag = budget.Version };

    private static ProblemResult Unknown(string credential) =>
        new(ProblemTypes.UnknownBudget.With($"There is no budget '{credential}'. GET /api/budgets lists them."));
}
