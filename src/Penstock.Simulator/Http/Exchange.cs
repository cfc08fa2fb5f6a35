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
        await using var way = Fault is null ? Response.Body : new FaultyStream(Response.Body, Fault, time, http.Abort, Aborted);
        await using var packed = gzip ? new GZipStream(way, CompressionLevel.Fastest, leaveOpen: true) : way;
        var writer = PipeWriter.Create(packed, new StreamPipeWriterOptions(leaveOpen: true));
        await write(writer);
        await writer.CompleteAsync();
    }

    /// <summary>Counts records as served, unless the answer will be cut.</summary>
    public void Serve(ServedRecords served, long first, long length)
    {
        Records += length;
        if (Fault is not Fault.CutBody) served.Add(first, length);
    }
}
