namespace Pulumi.AzureNative.Storage.Outputs;

[OutputType]
public sealed class EndpointsResponse
{
    public readonly string Blob;

    public readonly string Queue;

    [OutputConstructor]
    private EndpointsResponse(string blob, string queue)
    {
        Blob = blob;
        Queue = queue;
    }
}
