using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulator;

/// <summary>One call and its answer.</summary>
internal sealed class Exchange(HttpContext http, Uri baseAddress)
{
    public HttpContext Http => http;
    public HttpRequest Request => http.Request;
    public HttpResponse Response => http.Response;
    public Uri BaseAddress => baseAddress;
    public CancellationToken Aborted => http.RequestAborted;

    public Fault? Fault { get; set; }
    public long Records { get; set; }
    public bool Cut { get; private set; }

    public string PathAndQuery => http.Request.Path + http.Request.QueryString.Value;

    /// <summary>Writes the body: through gzip where both sides like it, and through the fault where there is one.</summary>
    /// <param name="write">Writes all of it; it may flush on the way.</param>
    /// <param name="gzip">Whether this server compresses.</param>
    /// <param name="time">The clock of slow bodies.</param>
    public async Task WriteBodyAsync(Func<PipeWriter, Task> write, bool gzip, TimeProvider time)
    {
        gzip = gzip && Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (gzip) Response.Headers.ContentEncoding = "gzip";
        if (!gzip && Fault is null)
        {
            await write(Response.BodyWriter);
            await Response.BodyWriter.FlushAsync(Aborted);
            return;
        }

        Cut = Fault is Fault.CutBody;
        var way = Fault is null ? Response.Body : new FaultyStream(Response.Body, Fault, time, Aborted);
        if (!gzip)
        {
            await WriteThroughAsync(way, write);
            return;
        }

        await using var packed = new GZipStream(way, CompressionLevel.Fastest, leaveOpen: true);
        await WriteThroughAsync(packed, write);
    }

    /// <summary>Counts records as served, unless the answer will be cut.</summary>
    public void Serve(ServedRecords served, long first, long length)
    {
        if (Fault is Fault.CutBody) return;
        Records += length;
        served.Add(first, length);
    }

    private static async Task WriteThroughAsync(Stream way, Func<PipeWriter, Task> write)
    {
        var writer = PipeWriter.Create(way, new StreamPipeWriterOptions(leaveOpen: true));
        await write(writer);
        await writer.CompleteAsync();
    }
}
