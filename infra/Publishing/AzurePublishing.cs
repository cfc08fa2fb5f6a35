using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Penstock.Azure.Blobs;
using Penstock.Infra.Pipelines;
using Polly;
using Polly.Retry;

namespace Penstock.Infra.Publishing;

/// <summary>Publishes to Azure, as whoever is signed in: a workflow, or a person with <c>az login</c>.</summary>
internal static class AzurePublishing
{
    // A grant takes minutes until every part of Azure knows it (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting).
    private static readonly ResiliencePipeline UntilGranted = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<RequestFailedException>(e => e.Status == 403 && e.ErrorCode != "AuthorizationFailure"),
            BackoffType = DelayBackoffType.Constant,
            Delay = TimeSpan.FromSeconds(20),
            MaxRetryAttempts = 30,
        })
        .Build();

    public static async Task<int> PublishAsync(Uri account, IReadOnlyList<ConfigurationFile> files)
    {
        var store = new AzureBlobStore(new BlobServiceClient(account, new DefaultAzureCredential()));
        return await UntilGranted.ExecuteAsync(async cancel => await new ConfigurationPublisher(store).PublishAsync(files, cancel));
    }
}
