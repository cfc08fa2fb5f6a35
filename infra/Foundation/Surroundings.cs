using Penstock.Infra.Naming;
using Penstock.Infra.Settings;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.Resources;

namespace Penstock.Infra.Foundation;

/// <summary>What every component needs: settings, names, tags, the resource group and who deploys.</summary>
internal sealed class Surroundings
{
    public Surroundings(StackSettings settings)
    {
        Settings = settings;
        Names = new ResourceNames(settings);
        Output<GetClientConfigResult> client = GetClientConfig.Invoke();
        TenantId = client.Apply(config => config.TenantId);
        DeployerId = client.Apply(config => config.ObjectId);
        RolesRoot = client.Apply(config => $"/subscriptions/{config.SubscriptionId}/providers/Microsoft.Authorization/roleDefinitions/");
        var group = new ResourceGroup("resource-group", new ResourceGroupArgs
        {
            ResourceGroupName = Names.ResourceGroup,
            Location = settings.Location,
            Tags = Tags,
        });
        Group = group.Name;
        GroupId = group.Id;
    }

    public StackSettings Settings { get; }

    public ResourceNames Names { get; }

    public Dictionary<string, string> Tags => Naming.Tags.Of(Settings);

    /// <summary>The resource group's name.</summary>
    public Output<string> Group { get; }

    public Output<string> GroupId { get; }

    public Output<string> TenantId { get; }

    /// <summary>The object id of whoever runs Pulumi.</summary>
    public Output<string> DeployerId { get; }

    /// <summary>What stands before a built-in role's id.</summary>
    public Output<string> RolesRoot { get; }
}
