using System.Net;
using System.Net.Sockets;

namespace Penstock.Connectors.Tests.Http;

/// <summary>A real HTTP server on the loopback address.</summary>
internal sealed class LoopbackSource : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public LoopbackSource(Func<HttpListenerContext, Task> answer)
    {
        Port = FreePort();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Prefixes.Add($"http://localhost:{Port}/");
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public int Port { get; }

    public List<(string Method, string Target, string? Authorization, string? Key, string Body)> Requests { get; } = [];

    public static async Task WriteAsync(HttpListenerContext context, int status, byte[] body, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers.Add(name, value);
        }

        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        ((IDisposable)_listener).Dispose();
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> answer)
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var request = context.Request;
                using var reader = new StreamReader(request.InputStream);
                Requests.Add((request.HttpMethod, request.RawUrl!, request.Headers["Authorization"], request.Headers["X-Key"], await reader.ReadToEndAsync()));
                _ = Task.Run(() => answer(context));
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
