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

    public AppSettings(AppIdentity app, HostStorage host, DataStorage data, EventStreams? events, IReadOnlyList<string> hubs, CuratedDatabase curated, SecretVault vault, Telemetry telemetry, int memoryMb)
    {
        Identified("AzureWebJobsStorage", app, ("accountName", host.AccountName));
        Identified("STORAGE", app, ("blobServiceUri", data.BlobEndpoint), ("queueServiceUri", data.QueueEndpoint));
        if (events is not null)
            Identified("EVENTHUB", app, ("fullyQualifiedNamespace", events.HostName));
        Receive(hubs);
        Add("EVENTHUB_CONSUMER_GROUP", EventStreams.ConsumerGroupName);
        Add("COSMOS__accountEndpoint", curated.Endpoint);
        Add("KEYVAULT__vaultUri", vault.Uri);
        Add("INSTANCE__memoryMb", memoryMb.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("APPLICATIONINSIGHTS_CONNECTION_STRING", telemetry.ConnectionString);
        Add("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", Output.Format($"ClientId={app.ClientId};Authorization=AAD"));
    }

    public InputList<NameValuePairArgs> ToPairs() => _values.Select(value => (Input<NameValuePairArgs>)new NameValuePairArgs { Name = value.Name, Value = value.Value }).ToArray();

    // A function reads one hub, and the app has a function for each of its first four; those without a hub don't run.
    private void Receive(IReadOnlyList<string> hubs)
    {
        for (int i = 0; i < EventStreams.MaxHubs; i++)
        {
            Add(i == 0 ? "EVENTHUB_NAME" : $"EVENTHUB_NAME_{i + 1}", i < hubs.Count ? hubs[i] : "none");
            if (i >= hubs.Count)
                Add(i == 0 ? "AzureWebJobs.Receive.Disabled" : $"AzureWebJobs.Receive{i + 1}.Disabled", "true");
        }
    }

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
