using Penstock.Infra.Data;
using Penstock.Infra.Foundation;
using Penstock.Infra.Networking;
using Penstock.Infra.Settings;
using Pulumi;
using Pulumi.AzureNative.Web;
using Pulumi.AzureNative.Web.Inputs;

namespace Penstock.Infra.Compute;

/// <summary>The function app on Flex Consumption.</summary>
internal sealed class FunctionHost : StackPart
{
    public FunctionHost(Surroundings around, AppIdentity app, HostStorage host, AppSettings appSettings, PrivateNetwork? network)
        : base("FunctionHost", "function-host")
    {
        var plan = new AppServicePlan("plan", new AppServicePlanArgs
        {
            ResourceGroupName = around.Group,
            Name = around.Names.Plan,
            Location = around.Settings.Location,
            Tags = around.Tags,
            Kind = "functionapp",
            Reserved = true,
            Sku = new SkuDescriptionArgs { Name = "FC1", Tier = "FlexConsumption" },
            ZoneRedundant = around.Settings.Storage.IsZoneRedundant,
        }, Inside());
        var args = new WebAppArgs
        {
            ResourceGroupName = around.Group,
            Name = around.Names.FunctionApp,
            Location = around.Settings.Location,
            Tags = around.Tags,
            Kind = "functionapp,linux",
            ServerFarmId = plan.Id,
            HttpsOnly = true,
            Identity = new ManagedServiceIdentityArgs { Type = Pulumi.AzureNative.Web.ManagedServiceIdentityType.UserAssigned, UserAssignedIdentities = { app.Id } },
            KeyVaultReferenceIdentity = app.Id,
            FunctionAppConfig = Flex(around.Settings.Function, app, host),
            SiteConfig = new SiteConfigArgs
            {
                AppSettings = appSettings.ToPairs(),
                MinTlsVersion = "1.2",
                ScmMinTlsVersion = "1.2",
                FtpsState = "Disabled",
                Http20Enabled = true,
                RemoteDebuggingEnabled = false,
                // The SDK would send v4.6, which Flex Consumption doesn't know.
                NetFrameworkVersion = null,
            },
        };
        if (network is not null)
            args.VirtualNetworkSubnetId = network.AppSubnetId;
        var site = new WebApp("app", args, Inside([.. host.Access]));
        Id = site.Id;
        HostName = site.DefaultHostName;
        _ = new WebAppFtpAllowed("no-ftp", new WebAppFtpAllowedArgs { ResourceGroupName = around.Group, Name = site.Name, Allow = false }, Inside());
        _ = new WebAppScmAllowed("no-basic-publishing", new WebAppScmAllowedArgs { ResourceGroupName = around.Group, Name = site.Name, Allow = false }, Inside());
    }

    public Output<string> Id { get; }

    public Output<string> HostName { get; }

    private static FunctionAppConfigArgs Flex(FunctionSettings settings, AppIdentity app, HostStorage host)
    {
        var scale = new FunctionsScaleAndConcurrencyArgs { InstanceMemoryMB = settings.MemoryMb, MaximumInstanceCount = settings.MaximumInstances };
        if (settings.AlwaysReady > 0)
            scale.AlwaysReady = new InputList<FunctionsAlwaysReadyConfigArgs> { new FunctionsAlwaysReadyConfigArgs { Name = "http", InstanceCount = settings.AlwaysReady } };
        return new FunctionAppConfigArgs
        {
            Deployment = new FunctionsDeploymentArgs
            {
                Storage = new FunctionsDeploymentStorageArgs
                {
                    Type = "blobContainer",
                    Value = host.PackageUri,
                    Authentication = new FunctionsDeploymentStorageAuthenticationArgs { Type = "UserAssignedIdentity", UserAssignedIdentityResourceId = app.Id },
                },
            },
            Runtime = new FunctionsRuntimeArgs { Name = "dotnet-isolated", Version = "10.0" },
            ScaleAndConcurrency = scale,
        };
    }
}
