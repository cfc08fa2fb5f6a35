namespace Penstock.Connectors.Http;

/// <summary>An answer whose body may still be on its way. Dispose of it to give the connection back.</summary>
internal sealed class HttpAnswer : IDisposable
{
    private readonly HttpResponseMessage? _response;
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;

    public HttpAnswer(HttpResponseMessage response, HttpCall call, TransportOptions options, TimeProvider time)
        : this((int)response.StatusCode, ReadHeaders(response), call, options, time) => _response = response;

    private HttpAnswer(int status, AnswerHeaders headers, HttpCall call, TransportOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        Status = status;
        Headers = headers;
        Call = call;
    }

    /// <summary>An answer that was kept.</summary>
    public static HttpAnswer Of(CachedResponse kept, HttpCall call, TransportOptions options, TimeProvider time) =>
        new(200, kept.Headers, call, options, time) { Body = PageBuffer.Of(kept.Body) };

    /// <summary>The call that was answered, after redirects.</summary>
    public HttpCall Call { get; }

    public int Status { get; }

    /// <summary>Whether the status is below 400: what Python's requests calls ok.</summary>
    public bool IsOk => Status < 400;

    public AnswerHeaders Headers { get; }

    /// <summary>The whole body, once it was read.</summary>
    public PageBuffer? Body { get; private set; }

    /// <summary>Reads the whole body into a pooled buffer, once.</summary>
    /// <exception cref="SourceFaultException">It is too large, or it stopped.</exception>
    public async ValueTask<PageBuffer> ReadAsync(CancellationToken cancellationToken)
    {
        if (Body is null)
        {
            using var stream = await OpenAsync(_options.MaxResponseBytes, cancellationToken);
            var length = _response!.Content.Headers.ContentEncoding.Count == 0 ? _response.Content.Headers.ContentLength : null;
            Body = await PageBuffer.ReadAsync(stream, length, cancellationToken);
        }

        return Body;
    }

    /// <summary>The body as a stream, decompressed, bounded in bytes and in standstill; from memory if it was read already.</summary>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        Body is null ? OpenAsync(_options.MaxStreamedBytes, cancellationToken) : new(Body.OpenRead());

    /// <summary>Refuses to hold more of the response at once than a page may have, for example a line without an end.</summary>
    public void CheckHeld(long bytes)
    {
        if (bytes > _options.MaxResponseBytes)
        {
            throw SourceFaultException.System($"The response of {Call} has a line longer than the limit of {_options.MaxResponseBytes} bytes.", Status);
        }
    }

    /// <summary>Bounds what a stream made from this answer's gives, for example after unpacking it.</summary>
    /// <param name="unpacked">The stream.</param>
    /// <param name="before">The bytes that other parts of the same answer gave.</param>
    public Stream Bound(Stream unpacked, long before = 0) => Bounded(unpacked, _options.MaxStreamedBytes - before);

    /// <summary>Reads a stream made from this answer's into memory; it may be as large as a page that isn't streamed.</summary>
    public ValueTask<PageBuffer> HoldAsync(Stream unpacked, CancellationToken cancellationToken) =>
        PageBuffer.ReadAsync(Bounded(unpacked, _options.MaxResponseBytes), null, cancellationToken);

    private BoundedStream Bounded(Stream stream, long limit) => new(stream, limit, _options.IdleTimeout, _time, Call.ToString());

    private async ValueTask<Stream> OpenAsync(long limit, CancellationToken cancellationToken)
    {
        var stream = await _response!.Content.ReadAsStreamAsync(cancellationToken);
        var decoded = ContentCoding.Decode(stream, _response.Content.Headers.ContentEncoding);
        return Bounded(decoded, limit);
    }

    private static AnswerHeaders ReadHeaders(HttpResponseMessage response) =>
        new(response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value))));

    public void Dispose()
    {
        Body?.Dispose();
        _response?.Dispose();
    }
}
