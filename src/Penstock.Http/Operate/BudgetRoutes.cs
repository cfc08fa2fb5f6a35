using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Operate.Budgets;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class BudgetRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/budgets", "ListBudgets", "Budgets", "Lists what each credential may still call, in order of their names.")
        {
            Handler = services => services.GetRequiredService<BudgetEndpoints>().ListAsync,
            Query = QueryParameter.Page,
            Answers = [new EndpointAnswer(200, "A page of budgets.", ApiJson.Default.PageOfBudgets)],
        },
        new("GET", "/api/budgets/{credential}", "GetBudget", "Budgets", "Shows what one credential may still call: limits, calls made, refused, who uses it.")
        {
            Handler = services => services.GetRequiredService<BudgetEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "The budget.", ApiJson.Default.BudgetView)],
            Problems = [ProblemTypes.UnknownBudget],
            HasETag = true,
        },
        new("POST", "/api/budgets/{credential}/pause", "PauseBudget", "Budgets", "Pauses a credential: no worker calls with it; its slices go back to their queue.")
        {
            Handler = services => services.GetRequiredService<BudgetEndpoints>().PauseAsync,
            Body = ApiJson.Default.BudgetPauseRequest,
            IsBodyOptional = true,
            Answers = [new EndpointAnswer(200, "The budget.", ApiJson.Default.BudgetView)],
            Problems = [ProblemTypes.UnknownBudget, ProblemTypes.Changed],
            HasETag = true,
        },
        new("POST", "/api/budgets/{credential}/resume", "ResumeBudget", "Budgets", "Lets a credential be called with again.")
        {
            Handler = services => services.GetRequiredService<BudgetEndpoints>().ResumeAsync,
            Answers = [new EndpointAnswer(200, "The budget.", ApiJson.Default.BudgetView)],
            Problems = [ProblemTypes.UnknownBudget, ProblemTypes.Changed],
            HasETag = true,
        },
    ];
}
