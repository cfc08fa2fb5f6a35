using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulator;

/// <summary>Decides who is calling.</summary>
internal sealed class Doorkeeper(KeyOptions options)
{
    public const string Anonymous = "anonymous";

    private readonly Dictionary<string, ApiKey> _keys = options.Known.ToDictionary(key => key.Value, StringComparer.Ordinal);

    public Admission Admit(HttpRequest request)
    {
        if (_keys.Count == 0) return new Admission.Granted(Anonymous);
        var offered = Offered(request).ToList();
        if (offered.Count == 0) return new Admission.Unknown("No API key was sent.");
        var key = offered.Select(value => _keys.GetValueOrDefault(value)).FirstOrDefault(known => known is not null);
        if (key is null) return new Admission.Unknown("The API key is not known.");
        if (key.Revoked) return new Admission.Forbidden(key.Name, "The API key has been revoked.");
        var area = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return key.Allowed is null || key.Allowed.Contains(area, StringComparer.Ordinal)
            ? new Admission.Granted(key.Name)
            : new Admission.Forbidden(key.Name, $"The API key may not read /{area}.");
    }

    private IEnumerable<string> Offered(HttpRequest request)
    {
        if (options.Places.HasFlag(KeyPlaces.Header) && request.Headers.TryGetValue(options.HeaderName, out var header))
            yield return header.ToString();
        if (options.Places.HasFlag(KeyPlaces.Query) && request.Query.TryGetValue(options.QueryName, out var parameter))
            yield return parameter.ToString();
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var authorization) || authorization.Parameter is null)
            yield break;
        if (options.Places.HasFlag(KeyPlaces.Bearer) && authorization.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            yield return authorization.Parameter;
        if (!options.Places.HasFlag(KeyPlaces.Basic) || !authorization.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            yield break;
        foreach (var part in Basic(authorization.Parameter)) yield return part;
    }

    private static string[] Basic(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return [];
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
    }
}

/// <summary>What the doorkeeper says.</summary>
internal abstract record Admission
{
    private Admission() { }

    public sealed record Granted(string KeyName) : Admission;
    public sealed record Unknown(string Reason) : Admission;
    public sealed record Forbidden(string KeyName, string Reason) : Admission;
}
