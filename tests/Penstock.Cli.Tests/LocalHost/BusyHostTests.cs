using Penstock.Http.Problems;
using Penstock.Http.Routing;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Ports;

namespace Penstock.Cli.Tests.LocalHost;

public class BusyHostTests
{
    private const int ChangesAtOnce = 64;

    [Fact]
    public async Task more_changes_at_once_than_there_is_room_for_are_429_everywhere()
    {
        var stores = new RunningStores();
        var slow = new StuckBlobStore(stores.Blobs);
        stores.Instead = slow;
        await using RunningHost host = await RunningHost.StartAsync(stores: stores);
        slow.IsStuck = true;
        Task<HttpResponseMessage>[] stuck = [.. Enumerable.Range(0, ChangesAtOnce).Select(i => host.SendAsync("/api/pipelines/sample/pause", "{}", headers: ("Idempotency-Key", $"{i}")))];
        try
        {
            await slow.WaitAsync(ChangesAtOnce);
            foreach (Endpoint endpoint in EndpointTable.All.Where(endpoint => endpoint is { IsOpen: false, Method: not "GET" }))
            {
                string path = string.Join('/', endpoint.Route.Split('/').Select(part => part.StartsWith('{') ? "nothing" : part));
                HttpResponseMessage answer = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(endpoint.Method), path));
                await answer.ProblemAsync(ProblemTypes.Busy);
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            }
        }
        finally
        {
            // Whatever was seen: a host whose store never answers can't stop.
            slow.IsStuck = false;
        }

        Assert.All(await Task.WhenAll(stuck), answer => Assert.Equal(200, (int)answer.StatusCode));
    }

    /// <summary>
    /// A store whose documents of idempotency keys don't come as long as it is stuck: only changes with a key read them. The host's
    /// own work read the documents that were stuck before, counted as one of the changes, and left room for one that nobody let go.
    /// </summary>
    private sealed class StuckBlobStore(IBlobStore inner) : IBlobStore
    {
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly SemaphoreSlim _arrived = new(0);
        private volatile bool _isStuck;

        public bool IsStuck
        {
            set
            {
                _isStuck = value;
                if (!value)
                    _goOn.TrySetResult();
            }
        }

        public async Task WaitAsync(int readers)
        {
            for (int i = 0; i < readers; i++)
                Assert.True(await _arrived.WaitAsync(TimeSpan.FromMinutes(5)));
        }

        public async ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default)
        {
            if (_isStuck && name.StartsWith(KeyedRequest.Folder, StringComparison.Ordinal))
            {
                _arrived.Release();
                await _goOn.Task;
            }

            return await inner.GetAsync(name, cancellationToken);
        }

        public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(name, cancellationToken);

        public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) => inner.PutIfAbsentAsync(name, content, cancellationToken);

        public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
            inner.PutIfMatchAsync(name, content, etag, cancellationToken);

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

        public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, etag, cancellationToken);
    }
}
