using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Penstock.Connectors.Http;

/// <summary>Connections that are only made to addresses which the host policy allows.</summary>
internal static class GuardedConnections
{
    public static SocketsHttpHandler Create(HostPolicy policy) => new()
    {
        // Redirects and cookies are handled or refused above: a handler is shared by credentials that must not meet.
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy would resolve the names itself.
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        // Where we are in a trace is nothing that a source need know; CallSpan traces the calls.
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(policy, context.DnsEndPoint, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(HostPolicy policy, DnsEndPoint target, CancellationToken cancellationToken)
    {
        var resolved = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = resolved.Where(address => policy.WhyRefused(target.Host, address) is null).ToArray();
        if (allowed.Length == 0 && resolved.Length > 0)
        {
            throw new AddressRefusedException(policy.WhyRefused(target.Host, resolved[0])!);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name resolved only to addresses that the host policy refuses.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message)
{
    public static AddressRefusedException? Find(Exception? exception)
    {
        while (exception is not null and not AddressRefusedException)
        {
            exception = exception.InnerException;
        }

        return (AddressRefusedException?)exception;
    }
}
