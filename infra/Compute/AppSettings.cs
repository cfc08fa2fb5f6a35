using Penstock.Infra.Data;
using Penstock.Infra.Foundation;
using Penstock.Infra.Observability;
using Pulumi;
using Pulumi.AzureNative.Web.Inputs;

namespace Penstock.Infra.Compute;

/// <summary>The function app's settings: addresses and identities, never a key. The tests hold them against what the code reads.</summary>
internal sealed class AppSettings
{
    private readonly List<(string Name, Input<string> Value)> _values = [];

    public AppSettings(AppIdentity app, HostStorage host, DataStorage data, EventStreams? events, IReadOnlyList<string> hubs, CuratedDatabase curated, SecretVault vault, Telemetry telemetry)
    {
        Identified("AzureWebJobsStorage", app, ("accountName", host.AccountName));
        Identified("STORAGE", app, ("blobServiceUri", data.BlobEndpoint), ("queueServiceUri", data.QueueEndpoint));
        if (events is null)
            Add("AzureWebJobs.Receive.Disabled", "true");
        else
            Identified("EVENTHUB", app, ("fullyQualifiedNamespace", events.HostName));
        Add("EVENTHUB_NAME", hubs.Count > 0 ? hubs[0] : "none");
        Add("EVENTHUB_CONSUMER_GROUP", EventStreams.ConsumerGroupName);
        Add("COSMOS__accountEndpoint", curated.Endpoint);
        Add("KEYVAULT_URI", vault.Uri);
        Add("APPLICATIONINSIGHTS_CONNECTION_STRING", telemetry.ConnectionString);
        Add("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", Output.Format($"ClientId={app.ClientId};Authorization=AAD"));
    }

    public InputList<NameValuePairArgs> ToPairs() => _values.Select(value => (Input<NameValuePairArgs>)new NameValuePairArgs { Name = value.Name, Value = value.Value }).ToArray();

    private void Add(string name, Input<string> value) => _values.Add((name, value));

    // A user-assigned identity takes all three; with fewer the deployment is green and the host dead.
    private void Identified(string prefix, AppIdentity app, params (string Name, Input<string> Value)[] addresses)
    {
        foreach ((string name, Input<string> value) in addresses)
            Add($"{prefix}__{name}", value);
        Add($"{prefix}__credential", "managedidentity");
        Add($"{prefix}__clientId", app.ClientId);
    }
}
