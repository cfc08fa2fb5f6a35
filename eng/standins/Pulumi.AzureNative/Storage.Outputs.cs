namespace Pulumi.AzureNative.Storage.Outputs;

[OutputType]
public sealed class EndpointsResponse
{
    public readonly string Blob;

    public readonly string Queue;

    public readonly string Web;

    [OutputConstructor]
    private EndpointsResponse(string blob, string queue, string web)
    {
        Blob = blob;
        Queue = queue;
        Web = web;
    }
}
