namespace Penstock.Connectors.Http;

/// <summary>An answer whose body may still be on its way. Dispose of it to give the connection back.</summary>
internal sealed class HttpAnswer : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private PageBuffer? _body;

    public HttpAnswer(HttpResponseMessage response, HttpCall call, TransportOptions options, TimeProvider time)
    {
        _response = response;
        _options = options;
        _time = time;
        Call = call;
        Headers = new AnswerHeaders(response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value))));
    }

    /// <summary>The call that was answered, after redirects.</summary>
    public HttpCall Call { get; }

    public int Status => (int)_response.StatusCode;

    /// <summary>Whether the status is below 400: what Python's requests calls ok.</summary>
    public bool IsOk => Status < 400;

    public AnswerHeaders Headers { get; }

    /// <summary>The whole body, once it was read.</summary>
    public PageBuffer? Body => _body;

    /// <summary>Reads the whole body into a pooled buffer, once.</summary>
    /// <exception cref="SourceFaultException">It is too large, or it stopped.</exception>
    public async ValueTask<PageBuffer> ReadAsync(CancellationToken cancellationToken)
    {
        if (_body is null)
        {
            using var stream = await OpenAsync(_options.MaxResponseBytes, cancellationToken);
            _body = await PageBuffer.ReadAsync(stream, _response.Content.Headers.ContentLength, cancellationToken);
        }

        return _body;
    }

    /// <summary>The body as a stream, decompressed, bounded in bytes and in standstill; from memory if it was read already.</summary>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        _body is null ? OpenAsync(_options.MaxStreamedBytes, cancellationToken) : new(_body.OpenRead());

    private async ValueTask<Stream> OpenAsync(long limit, CancellationToken cancellationToken)
    {
        var stream = await _response.Content.ReadAsStreamAsync(cancellationToken);
        return new BoundedStream(stream, limit, _options.IdleTimeout, _time, Call.ToString());
    }

    public void Dispose()
    {
        _body?.Dispose();
        _response.Dispose();
    }
}
