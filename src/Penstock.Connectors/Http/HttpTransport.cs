using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Penstock.Connectors.Http;

/// <summary>
/// Sends calls. It owns the connections, follows redirects itself, and holds every hop to the host policy; the addresses that
/// names resolve to are checked at connect time, so that neither a redirect nor DNS rebinding gets round it.
/// </summary>
public sealed class HttpTransport : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly HostPolicy _policy;
    private readonly TimeProvider _time;

    /// <summary>A transport over its own connections.</summary>
    /// <param name="policy">Which hosts may be called.</param>
    /// <param name="options">Bounds of one call; the defaults if null.</param>
    /// <param name="time">The clock of timeouts; the system's if null.</param>
    public HttpTransport(HostPolicy policy, TransportOptions? options = null, TimeProvider? time = null)
        : this(policy, GuardedConnections.Create(policy), options, time)
    {
    }

    /// <summary>A transport over a handler of the caller's, who then answers for the addresses that are connected to.</summary>
    /// <param name="policy">Which hosts may be called.</param>
    /// <param name="handler">Sends one request and follows no redirects.</param>
    /// <param name="options">Bounds of one call; the defaults if null.</param>
    /// <param name="time">The clock of timeouts; the system's if null.</param>
    public HttpTransport(HostPolicy policy, HttpMessageHandler handler, TransportOptions? options = null, TimeProvider? time = null)
    {
        _policy = policy;
        _invoker = new HttpMessageInvoker(handler);
        Options = options ?? new TransportOptions();
        _time = time ?? TimeProvider.System;
    }

    internal TransportOptions Options { get; }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    /// <summary>Sends a call and follows its redirects until there is an answer, whose body is still to be read.</summary>
    internal async Task<TransportResult> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            if (_policy.WhyRefused(call.Url) is { } reason)
            {
                return new Refused($"{call} was not made: {reason}.");
            }

            using var span = CallSpan.Start(call);
            var result = await SendOnceAsync(call, cancellationToken);
            CallSpan.End(span, result);
            if (result is not Answered { Answer: var answer } || !Redirect.Is(answer))
            {
                return result;
            }

            answer.Dispose();
            if (Redirect.Follow(call, answer) is not { } next)
            {
                return new Refused($"{call} was redirected to an address that is not http.");
            }

            if (redirects == Options.MaxRedirects)
            {
                return new Unreached($"{call} was redirected more than {Options.MaxRedirects} times.");
            }

            call = next;
        }
    }

    private async Task<TransportResult> SendOnceAsync(HttpCall call, CancellationToken cancellationToken)
    {
        using var request = ToRequest(call);
        using var timeout = new CancellationTokenSource(Options.HeadersTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var response = await _invoker.SendAsync(request, either.Token);
            return new Answered(new HttpAnswer(response, call, Options, _time));
        }
        catch (Exception refused) when (AddressRefusedException.Find(refused) is { } address)
        {
            return new Refused($"{call} was not made: {address.Message}.");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Unreached($"{call} had no answer within {Options.HeadersTimeout}.");
        }
        catch (HttpRequestException failed)
        {
            return new Unreached($"{call} failed: {failed.HttpRequestError} ({failed.Message}).");
        }
    }

    private static HttpRequestMessage ToRequest(HttpCall call)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Url)
        {
            Content = call.Body is null ? null : new ByteArrayContent(call.Body),
        };
        foreach (var (name, value) in call.Headers)
        {
            if (IsContentHeader(name))
            {
                // A content type without a body is common in manifests, and some sources choose their answer's format by it.
                request.Content ??= new ByteArrayContent([]);
                Replace(request.Content.Headers, name, value);
            }
            else
            {
                Replace(request.Headers, name, value);
            }
        }

        AddDefault(request.Headers, "User-Agent", UserAgent);
        AddDefault(request.Headers, "Accept", "*/*");
        AddDefault(request.Headers, "Accept-Encoding", ContentCoding.Accepted);
        return request;
    }

    private static readonly string UserAgent = $"Penstock/{typeof(HttpTransport).Assembly.GetName().Version!.ToString(2)}";

    private static bool IsContentHeader(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.Equals("Allow", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Expires", StringComparison.OrdinalIgnoreCase) || name.Equals("Last-Modified", StringComparison.OrdinalIgnoreCase);

    private static void Replace(HttpHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }

    private static void AddDefault(HttpHeaders headers, string name, string value)
    {
        if (!headers.NonValidated.Contains(name))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
