using System.Text.Json;
using Penstock.Cli.Operating;
using Penstock.Pipelines.Auditing;

namespace Penstock.Cli.Auditing;

/// <summary>An audit that a host or a function app makes, asked for over HTTP.</summary>
internal static class HttpAudit
{
    /// <summary>How long to wait for an answer: a host looks for 200 seconds, and front ends close a request after 230.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(235);

    /// <summary>Asks, once for each pipeline that is named; gives one report, or what went wrong.</summary>
    public static async Task<(AuditReport? Report, ApiRefusal? Refusal)> ReadAsync(ApiClient client, IReadOnlyList<string> pipelines, bool deep, CancellationToken cancellationToken)
    {
        AuditReport? all = null;
        foreach (string? pipeline in pipelines.Count == 0 ? (string?[])[null] : [.. pipelines])
        {
            string path = $"api/audit?deep={(deep ? "true" : "false")}{(pipeline is null ? "" : $"&pipeline={Uri.EscapeDataString(pipeline)}")}";
            ApiReply reply = await client.SendAsync(new ApiRequest("GET", path), cancellationToken);
            if (reply is ApiRefusal refusal)
                return (null, refusal);
            try
            {
                AuditReport one = ((ApiAnswer)reply).Json.Deserialize<AuditReport>(JsonSerializerOptions.Web)!;
                all = all is null ? one : all.With(one);
            }
            catch (JsonException)
            {
                return (null, client.NotPenstock());
            }
        }

        return (all, null);
    }
}
