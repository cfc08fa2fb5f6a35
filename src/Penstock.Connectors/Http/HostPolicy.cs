using System.Net;

namespace Penstock.Connectors.Http;

/// <summary>Which hosts a connector may call. A manifest is untrusted input; only the pipeline widens this (DESIGN 10).</summary>
public sealed record HostPolicy
{
    /// <summary>Any host with a public address.</summary>
    public static HostPolicy AnyPublic { get; } = new();

    /// <summary>
    /// The hosts that may be called: names (<c>api.example.com</c>) or suffixes (<c>*.example.com</c>). Null, the default, is
    /// every host with a public address.
    /// </summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>
    /// The hosts that may be called although their address is loopback, link-local or private, written as in
    /// <see cref="Allowed"/>. None by default.
    /// </summary>
    public IReadOnlyList<string> Private { get; init; } = [];

    /// <summary>Says why an address may not be called, or null if it may. The host's address itself is checked at connect time.</summary>
    /// <param name="url">The address of the call.</param>
    public string? WhyRefused(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return $"only http and https are called, not {SafeUrl.Of(url)}";
        }

        if (Allowed is not null && !Matches(Allowed, url.IdnHost) && !Matches(Private, url.IdnHost))
        {
            return $"host {url.IdnHost} is not one of the pipeline's allowed hosts";
        }

        return IPAddress.TryParse(url.IdnHost, out var address) ? WhyRefused(url.IdnHost, address) : null;
    }

    /// <summary>Says why a host's resolved address may not be connected to, or null if it may.</summary>
    /// <param name="host">The host's name as called.</param>
    /// <param name="address">One address that the name resolved to.</param>
    public string? WhyRefused(string host, IPAddress address) =>
        AddressRules.IsPublic(address) || Matches(Private, host)
            ? null
            : $"host {host} has the non-public address {address}; name the host in the pipeline's private hosts to allow it";

    private static bool Matches(IReadOnlyList<string> patterns, string host) => patterns.Any(pattern =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase));
}
