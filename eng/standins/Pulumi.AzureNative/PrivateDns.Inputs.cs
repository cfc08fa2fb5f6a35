namespace Pulumi.AzureNative.PrivateDns.Inputs;

public sealed class SubResourceArgs : ResourceArgs
{
    public Input<string>? Id { get; set; }
}
