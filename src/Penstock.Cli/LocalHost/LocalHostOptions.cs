using System.Net;
using Penstock.Connectors.Components;

namespace Penstock.Cli.LocalHost;

/// <summary>How the local host runs.</summary>
internal sealed record LocalHostOptions
{
    /// <summary>The folder of the pipelines.</summary>
    public required string Pipelines { get; init; }

    /// <summary>The folder of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The file of the secrets.</summary>
    public required string Secrets { get; init; }

    /// <summary>The address to listen on; default loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any free one. Default 7071, as the Functions host's.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>The key that operators and senders of events must give; null: none, and on loopback only.</summary>
    public string? Key { get; init; }

    /// <summary>Where traces, metrics and logs go as OTLP, like <c>http://localhost:4318</c>; null for nowhere.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Whether that endpoint speaks gRPC instead of HTTP with protobuf.</summary>
    public bool OtlpUsesGrpc { get; init; }

    /// <summary>The components of one's own that connectors may name.</summary>
    public IReadOnlyList<ComponentRegistration> Components { get; init; } = [];

    /// <summary>Where OpenLineage events are posted; null for nowhere. They are kept in the data folder either way.</summary>
    public Uri? OpenLineage { get; init; }

    /// <summary>The secret that holds that address' key; null for none.</summary>
    public string? OpenLineageKey { get; init; }

    /// <summary>What is wrong with them, or null.</summary>
    public string? Problem()
    {
        if (Key is null && !IPAddress.IsLoopback(Address))
            return $"On {Address} others could reach the operator endpoints. Give a key with --key, or leave --address out to listen on this machine only.";
        if (Key is { Length: < 16 })
            return "The key is shorter than 16 characters. Use a longer one, for example from 'openssl rand -hex 16'.";
        return Port is < 0 or > 65535 ? $"{Port} isn't a port. Give a number from 0 to 65535." : null;
    }
}
