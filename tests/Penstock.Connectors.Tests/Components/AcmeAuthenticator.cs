using System.Security.Cryptography;
using System.Text;
using Penstock.Connectors.Authentication;
using Penstock.Connectors.Components;

namespace Penstock.Connectors.Tests.Components;

/// <summary>Signs the time of each request with the config's secret. (docs/connectors.md shows this file.)</summary>
[ConnectorComponent("source_acme.components.AcmeAuthenticator")]
public sealed class AcmeAuthenticator(ComponentParts parts) : IAuthenticator
{
    public ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken)
    {
        string time = parts.Time.GetUtcNow().ToUnixTimeSeconds().ToString();
        byte[] key = Encoding.UTF8.GetBytes(parts.Text("api_secret") ?? "");
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(time)));
        return new(Authorized.Header("Authorization", $"Acme {time}:{signature}"));
    }
}
