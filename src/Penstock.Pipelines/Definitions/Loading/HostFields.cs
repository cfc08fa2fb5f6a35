using System.Text.RegularExpressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>allowed_hosts</c> and <c>private_hosts</c>: <c>[api.example.com, "*.example.com"]</c>.</summary>
internal static partial class HostFields
{
    public static HostPolicy Read(Fields pipeline)
    {
        IReadOnlyList<string> allowed = pipeline.Texts("allowed_hosts", Problem);
        return new HostPolicy { Allowed = pipeline.Has("allowed_hosts") ? allowed : null, Private = pipeline.Texts("private_hosts", Problem) };
    }

    private static (string, string)? Problem(string host) =>
        Host().IsMatch(host) ? null : ($"'{host}' isn't a host.", "Write a name or an address alone, or '*.example.com' for all below.");

    [GeneratedRegex(@"^(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$|^[0-9A-Fa-f:]+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Host();
}
