using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate.Budgets;

namespace Penstock.Functions.Triggers;

/// <summary>The budgets of credentials.</summary>
/// <param name="budgets">The endpoints.</param>
public sealed class BudgetTriggers(BudgetEndpoints budgets)
{
    /// <summary><c>GET /api/budgets</c>.</summary>
    [Function("ListBudgets")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/budgets")] HttpRequest request, CancellationToken cancellationToken) =>
        budgets.ListAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/budgets/{credential}</c>.</summary>
    [Function("GetBudget")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/budgets/{credential}")] HttpRequest request,
        string credential,
        CancellationToken cancellationToken) => budgets.GetAsync(request, credential, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/budgets/{credential}/pause</c>.</summary>
    [Function("PauseBudget")]
    public Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/budgets/{credential}/pause")] HttpRequest request,
        string credential,
        CancellationToken cancellationToken) => budgets.PauseAsync(request, credential, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/budgets/{credential}/resume</c>.</summary>
    [Function("ResumeBudget")]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/budgets/{credential}/resume")] HttpRequest request,
        string credential,
        CancellationToken cancellationToken) => budgets.ResumeAsync(request, credential, cancellationToken).WriteAsync(request);
}
