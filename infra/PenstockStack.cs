using Penstock.Infra.Compute;
using Penstock.Infra.Data;
using Penstock.Infra.Foundation;
using Penstock.Infra.Networking;
using Penstock.Infra.Observability;
using Penstock.Infra.Pipelines;
using Penstock.Infra.Settings;

namespace Penstock.Infra;

/// <summary>Everything that Penstock needs in Azure.</summary>
internal static class PenstockStack
{
    /// <summary>Declares the resources; gives the stack's outputs.</summary>
    public static IDictionary<string, object?> Declare(StackSettings settings, PipelineNeeds needs)
    {
        var around = new Surroundings(settings);
        var app = new AppIdentity(around);
        var grants = new Grants(around, app.PrincipalId);

        var data = new DataStorage(around, grants);
        var host = new HostStorage(around, grants);
        EventStreams? events = needs.Hubs.Count > 0 ? new EventStreams(around, grants, needs.Hubs) : null;
        var curated = new CuratedDatabase(around, app);
        var vault = new SecretVault(around, grants);

        var telemetry = new Telemetry(around, grants);
        PrivateNetwork? network = settings.PrivateNetwork ? new PrivateNetwork(around) : null;
        var appSettings = new AppSettings(app, host, data, events, needs.Hubs, curated, vault, telemetry);
        var functions = new FunctionHost(around, app, host, appSettings, network);

        DeclareDiagnostics(new Diagnostics(telemetry), data, host, events, curated, vault, functions);
        if (network is not null)
            DeclareDoors(new PrivateDoors(around, network), data, host, events, curated, vault);

        return new Dictionary<string, object?>
        {
            ["resourceGroup"] = around.Group,
            ["functionApp"] = around.Names.FunctionApp,
            ["address"] = functions.HostName.Apply(name => $"https://{name}"),
            ["keyVault"] = vault.Uri,
            ["secretsToSet"] = needs.Secrets,
            ["eventHubs"] = events?.HostName,
        };
    }

    private static void DeclareDiagnostics(Diagnostics diagnostics, DataStorage data, HostStorage host, EventStreams? events, CuratedDatabase curated, SecretVault vault, FunctionHost functions)
    {
        diagnostics.Of("data-blobs", data.Id.Apply(id => $"{id}/blobServices/default"), "StorageDelete");
        diagnostics.Of("data-queues", data.Id.Apply(id => $"{id}/queueServices/default"), "StorageDelete");
        diagnostics.Of("host-blobs", host.Id.Apply(id => $"{id}/blobServices/default"), "StorageWrite", "StorageDelete");
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
