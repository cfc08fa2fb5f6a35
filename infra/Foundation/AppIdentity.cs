using Pulumi;
using Pulumi.AzureNative.ManagedIdentity;

namespace Penstock.Infra.Foundation;

/// <summary>The function app's identity. It is there before the app, so that the app starts with all it may.</summary>
internal sealed class AppIdentity : StackPart
{
    public AppIdentity(Surroundings around)
        : base("AppIdentity", "app-identity")
    {
        var identity = new UserAssignedIdentity("identity", new UserAssignedIdentityArgs
        {
            ResourceGroupName = around.Group,
            ResourceName = around.Names.Identity,
            Location = around.Settings.Location,
            Tags = around.Tags,
        }, Inside());
        Id = identity.Id;
        ClientId = identity.ClientId;
        PrincipalId = identity.PrincipalId;
    }

    public Output<string> Id { get; }

    public Output<string> ClientId { get; }

    public Output<string> PrincipalId { get; }
}
