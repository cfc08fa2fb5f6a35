using System.Net;
using System.Text;
using Microsoft.Azure.Cosmos;
using Penstock.Azure.Curated;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Tests.Curated;

/// <summary>The Cosmos DB emulator behind something that throttles, counts and races, since it doesn't do that itself.</summary>
public class CosmosThrottlingTests(EmulatorFixture emulators)
{
    private readonly CuratedTable _table = new("throttled", $"t{DateTime.UtcNow.Ticks}");

    private static CuratedRecord[] Records(int version) =>
        [.. Enumerable.Range(0, 40).Select(i => new CuratedRecord($"{i}", $"{version}", Encoding.UTF8.GetBytes($$"""{"i":{{i}},"v":{{version}}}""")))];

    [Fact]
    public async Task a_429_is_waited_out_as_told_and_nothing_is_lost()
    {
        using var gate = new Gate { Throttle = number => number % 3 == 0 };
        using CosmosClient client = Client(gate);
        CosmosCuratedStore store = Store(client, 8);
        Assert.Equal(new UpsertCounts(40, 0), await store.UpsertAsync(_table, Records(1)));
        Assert.Equal(40, await emulators.Get<ICuratedStore>().ReadAsync(_table).CountAsync());
        Assert.InRange(gate.Throttled, 10, int.MaxValue);
    }

    [Fact]
    public async Task no_more_is_written_at_a_time_than_allowed()
    {
        using var gate = new Gate();
        using CosmosClient client = Client(gate);
        await Store(client, 3).UpsertAsync(_table, Records(1));
        Assert.InRange(gate.MostAtOnce, 2, 3);
    }

    [Fact]
    public async Task what_is_new_costs_a_request_what_changed_two_and_what_did_not_change_one()
    {
        using var gate = new Gate();
        using CosmosClient client = Client(gate);
        CosmosCuratedStore store = Store(client, 1);
        Assert.Equal(40, await Cost(1));
        Assert.InRange(await Cost(2), 80, 82); // The first of them is tried as if it were new.
        Assert.Equal(40, await Cost(2));
        Assert.Equal(40, await Cost(1));

        async Task<int> Cost(int version)
        {
            int before = gate.Documents;
            await store.UpsertAsync(_table, Records(version));
            return gate.Documents - before;
        }
    }

    [Fact]
    public async Task a_record_that_is_too_large_is_told_before_it_is_sent()
    {
        CuratedRecord large = new("secret key", "1", Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 2 * 1024 * 1024)}}"}"""));
        var told = await Assert.ThrowsAsync<InvalidDataException>(async () => await emulators.Get<ICuratedStore>().UpsertAsync(_table, [large]));
        Assert.Contains("bytes; Cosmos DB takes 2097152", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret key", told.Message, StringComparison.Ordinal);
    }

    private CosmosClient Client(Gate gate)
    {
        CosmosClientOptions options = AzureClients.CosmosEmulatorOptions();
        options.ServerCertificateCustomValidationCallback = null;
        options.HttpClientFactory = () => new HttpClient(gate, disposeHandler: false);
        return new CosmosClient(emulators.Options.CosmosEmulator, options);
    }

    private CosmosCuratedStore Store(CosmosClient client, int parallelism) =>
        new(client.GetContainer(emulators.Options.CosmosDatabase, emulators.Options.CosmosContainer), parallelism);

    private sealed class Gate() : DelegatingHandler(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator })
    {
        private readonly Lock _lock = new();
        private int _documents, _throttled, _now, _most;

        public Func<int, bool> Throttle { get; init; } = _ => false;

        public int Documents => _documents;

        public int Throttled => _throttled;

        public int MostAtOnce => _most;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal))
                return await base.SendAsync(request, cancellationToken);
            if (Throttle(Interlocked.Increment(ref _documents)))
            {
                Interlocked.Increment(ref _throttled);
                var refused = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { RequestMessage = request, Content = new StringContent("{}") };
                refused.Headers.Add("x-ms-retry-after-ms", "5");
                refused.Headers.Add("x-ms-substatus", "3200");
                return refused;
            }

            int now = Interlocked.Increment(ref _now);
            lock (_lock)
                _most = Math.Max(_most, now);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }
}
