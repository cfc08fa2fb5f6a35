using Microsoft.Azure.Cosmos;

namespace Penstock.Azure.Curated;

/// <summary>
/// Works around the emulator (@vercel/cosmosdb-server 1.0.1): without this header it answers a read of a missing document with 500,
/// and knows no nested partition key in a read.
/// </summary>
internal sealed class CosmosEmulatorHandler : RequestHandler
{
    public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Set("x-ms-documentdb-query-enablecrosspartition", "True");
        return base.SendAsync(request, cancellationToken);
    }
}
