using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Penstock.Connectors.Budgets;
using Penstock.Testing.Budgets;

namespace Penstock.Benchmarks.Budget;

/// <summary>A source over HTTP that meters calls, on loopback: <c>/things?worker=N</c>.</summary>
internal static class RealSource
{
    private static readonly TimeSpan Lasting = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts it on a free port.</summary>
    public static async Task<WebApplication> StartAsync(TrialSource source)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.MapGet("/things", async (HttpContext context, int worker) =>
        {
            SourceAnswer answer = await source.ReceiveAsync(worker, isLive: true, Lasting);
            context.Response.StatusCode = answer.Status;
            foreach ((string name, string value) in answer.Headers)
                context.Response.Headers[name] = value;
        });
        await app.StartAsync();
        return app;
    }
}
