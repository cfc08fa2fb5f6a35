using System.Net;
using System.Text;

namespace Penstock.Cli.Tests.Commands;

/// <summary>Answers each request alike.</summary>
internal sealed class OneAnswer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TaskCompletionSource<(string?, string?)> _asked = new();
    private readonly Task _serving;

    public OneAnswer(HttpStatusCode status, string body)
    {
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = ServeAsync(status, body);
    }

    public string Url { get; }

    public Task<(string?, string?)> Asked => _asked.Task;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync(HttpStatusCode status, string body)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _asked.TrySetResult((context.Request.Url?.AbsolutePath, context.Request.Headers["x-functions-key"]));
                context.Response.StatusCode = (int)status;
                context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
