using Microsoft.AspNetCore.Http;

namespace Penstock.Simulator;

/// <summary>The routes under <c>/_simulator</c>: they need no key, use no quota and are not counted.</summary>
internal sealed class Inspection(Func<SimulatorStatistics> statistics, Action reset)
{
    public const string Root = "/_simulator/";

    public async Task AnswerAsync(Exchange exchange)
    {
        switch (exchange.Request.Method, exchange.Request.Path.Value)
        {
            case ("GET", Root + "statistics"):
                await exchange.Response.WriteAsJsonAsync(statistics(), exchange.Aborted);
                break;
            case ("POST", Root + "reset"):
                reset();
                exchange.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            default:
                await Problem.NotFoundAsync(exchange, $"There are GET {Root}statistics and POST {Root}reset.");
                break;
        }
    }
}
