using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Penstock.Benchmarks.Reading;

/// <summary>
/// The source of the reading benchmarks, on loopback: <c>/records?page=N</c> gives generated pages,
/// <c>/parents?page=N</c> ids only, <c>/parents/ID/children</c> one record.
/// </summary>
internal static class PageServer
{
    /// <summary>Starts it on a free port.</summary>
    /// <param name="pages">How many pages of records there are.</param>
    /// <param name="parents">How many parents there are; a multiple of 1,000.</param>
    public static async Task<WebApplication> StartAsync(int pages, int parents)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var generated = new GeneratedPages();
        byte[]? buffer = null;
        app.MapGet("/records", async (HttpContext context, int page = 0) =>
        {
            // One caller, one page at a time: the pages share a buffer.
            ReadOnlyMemory<byte> records = generated.Page(page, ref buffer);
            await WriteAsync(context, records, page + 1 < pages ? page + 1 : null);
        });
        app.MapGet("/parents", (HttpContext context, int page = 0) =>
            WriteAsync(context, Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(page * 1_000, 1_000).Select(id => $$"""{"id":{{id}}}"""))), (page + 1) * 1_000 < parents ? page + 1 : null));
        app.MapGet("/parents/{id}/children", (HttpContext context, int id) =>
            WriteAsync(context, Encoding.ASCII.GetBytes($$"""{"id":"child-{{id}}","parent":{{id}},"updated_at":"2025-06-01T00:00:00Z"}"""), null));
        await app.StartAsync();
        return app;
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> records, int? next)
    {
        byte[] end = Encoding.ASCII.GetBytes($$"""],"next_page":{{next?.ToString() ?? "null"}}}""");
        byte[] start = "{\"data\":["u8.ToArray();
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = start.Length + records.Length + end.Length;
        await context.Response.Body.WriteAsync(start);
        await context.Response.Body.WriteAsync(records);
        await context.Response.Body.WriteAsync(end);
    }
}
