using Penstock.Infra.Compute;
using Penstock.Infra.Data;
using Penstock.Infra.Foundation;
using Penstock.Infra.Networking;
using Penstock.Infra.Observability;
using Penstock.Infra.Pipelines;
using Penstock.Infra.Publishing;
using Penstock.Infra.Settings;

namespace Penstock.Infra;

/// <summary>Everything that Penstock needs in Azure.</summary>
internal static class PenstockStack
{
    /// <summary>Declares the resources; gives the stack's outputs.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="needs">What the pipelines need.</param>
    /// <param name="publish">Writes the pipelines' files to the data account of an address.</param>
    public static IDictionary<string, object?> Declare(StackSettings settings, PipelineNeeds needs, Func<Uri, IReadOnlyList<ConfigurationFile>, Task<int>> publish)
    {
        var around = new Surroundings(settings);
        var app = new AppIdentity(around);
        var grants = new Grants(around, app.PrincipalId);

        var retention = new StreamRetentionRules(settings.Storage, needs.Pipelines);
        var data = new DataStorage(around, grants, retention);
        var configuration = new ConfigurationBlobs(around, data, grants, needs, publish);
        var host = new HostStorage(around, grants);
        EventStreams? events = needs.Hubs.Count > 0 ? new EventStreams(around, grants, needs.Hubs) : null;
        var curated = new CuratedDatabase(around, app);
        var vault = new SecretVault(around, grants);

        var telemetry = new Telemetry(around, grants);
        PrivateNetwork? network = settings.PrivateNetwork ? new PrivateNetwork(around) : null;
        var appSettings = new AppSettings(app, host, data, events, needs.Hubs, curated, vault, telemetry, around.Settings.Function.MemoryMb);
        var functions = new FunctionHost(around, app, host, appSettings, network);

        DeclareDiagnostics(new Diagnostics(telemetry), data, host, events, curated, vault, functions);
        if (network is not null)
            DeclareDoors(new PrivateDoors(around, network), data, host, events, curated, vault);

        DeclareAlerts(around, telemetry, needs, curated, events);

        return new Dictionary<string, object?>
        {
            ["resourceGroup"] = around.Group,
            ["functionApp"] = around.Names.FunctionApp,
            ["address"] = functions.HostName.Apply(name => $"https://{name}"),
            ["configurationBlobsTouched"] = configuration.Touched,
            ["keyVault"] = vault.Uri,
            ["secretsToSet"] = needs.Secrets,
            ["eventHubs"] = events?.HostName,
            // More streams with a retention of their own than the account's policy has room for.
            ["retentionByWatchAlone"] = RetentionRules.LeftToWatch(retention),
        };
    }

    private static void DeclareAlerts(Surroundings around, Telemetry telemetry, PipelineNeeds needs, CuratedDatabase curated, EventStreams? events)
    {
        var alerts = new Alerts(around, telemetry);
        foreach (AlertRule rule in AlertRules.Always.Concat(needs.Promising.Select(AlertRules.Freshness)))
            alerts.Ask(rule);
        alerts.Watch(MetricRule.CosmosThrottled, curated.Id);
        if (events is not null)
            alerts.Watch(MetricRule.EventHubsThrottled, events.Id);
        _ = new CostBudget(around, alerts);
        _ = new HealthWorkbook(around, telemetry);
    }

    private static void DeclareDiagnostics(Diagnostics diagnostics, DataStorage data, HostStorage host, EventStreams? events, CuratedDatabase curated, SecretVault vault, FunctionHost functions)
    {
        diagnostics.Of("data-blobs", data.Id.Apply(id => $"{id}/blobServices/default"), "StorageDelete");
        diagnostics.Of("data-queues", data.Id.Apply(id => $"{id}/queueServices/default"), "StorageDelete");
        diagnostics.Of("host-blobs", host.Id.Apply(id => $"{id}/blobServices/default"), "StorageDelete");
        diagnostics.Of("cosmos", curated.Id, "ControlPlaneRequests");
        diagnostics.Of("key-vault", vault.Id, "AuditEvent");
        diagnostics.Of("app", functions.Id, "FunctionAppLogs");
        if (events is not null)
            diagnostics.Of("event-hubs", events.Id, "OperationalLogs", "AutoScaleLogs");
    }

    private static void DeclareDoors(PrivateDoors doors, DataStorage data, HostStorage host, EventStreams? events, CuratedDatabase curated, SecretVault vault)
    {
        doors.To("data-blob", data.Id, "blob", "privatelink.blob.core.windows.net");
        doors.To("data-queue", data.Id, "queue", "privatelink.queue.core.windows.net");
        doors.To("host-blob", host.Id, "blob", "privatelink.blob.core.windows.net");
        doors.To("host-table", host.Id, "table", "privatelink.table.core.windows.net");
        doors.To("cosmos", curated.Id, "Sql", "privatelink.documents.azure.com");
        doors.To("key-vault", vault.Id, "vault", "privatelink.vaultcore.azure.net");
        if (events is not null)
            doors.To("event-hubs", events.Id, "namespace", "privatelink.servicebus.windows.net");
    }
}
