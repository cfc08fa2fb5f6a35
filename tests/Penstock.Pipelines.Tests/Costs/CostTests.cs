using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Loading;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Testing;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Costs;

public class CostTests
{
    [Fact]
    public async Task what_a_run_uses_is_counted_in_its_ledger()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20 });
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromDays(1)) };
        int before = world.Faults.Calls;
        await world.RunUntilQuietAsync();
        RunCounts counts = await CountAsync(world);
        // One plan, two slices, two blobs.
        Assert.Equal(5, counts.Usage.Executions);
        Assert.Equal(4, counts.Usage.Messages);
        long counted = counts.Usage.BlobReads + counts.Usage.BlobWrites + counts.Usage.BlobLists + counts.Usage.Messages;
        // Ticks and the run's end belong to no slice.
        Assert.InRange(counted, 20, world.Faults.Calls - before);
    }

    [Fact]
    public async Task counting_adds_no_call_to_a_store()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20 });
        await world.PlanAsync();
        int first = world.Faults.Calls;
        Assert.Equal(UsageMeter.Take(), Usage.None);
        Assert.Equal(first, world.Faults.Calls);
    }

    [Fact]
    public void executions_that_share_an_instance_share_its_time()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var instance = new InstanceTime(new InstanceSize(2), time);
        double first = instance.Enter();
        time.Advance(TimeSpan.FromSeconds(10));
        double second = instance.Enter();
        time.Advance(TimeSpan.FromSeconds(10));
        double both = instance.Shared();
        instance.Leave();
        Assert.Equal(30, both - first, 6); // 10 s alone and 10 s as one of two, 2 GB
        Assert.Equal(10, both - second, 6);
        time.Advance(TimeSpan.FromSeconds(5));
        instance.Leave();
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(40, instance.Shared() - first, 6);
    }

    [Fact]
    public async Task an_execution_counts_only_its_own_use()
    {
        var instance = new InstanceTime(new InstanceSize(), TimeProvider.System);
        var stores = new MemoryStores();
        var blobs = new MeteredBlobStore(stores.Blobs);
        async Task<Usage> WorkAsync(int reads)
        {
            using UsageMeter meter = UsageMeter.Begin(instance);
            for (int i = 0; i < reads; i++)
            {
                await blobs.GetAsync("state/x.json");
                await Task.Yield();
            }

            return UsageMeter.Take();
        }

        Usage[] used = await Task.WhenAll(WorkAsync(3), WorkAsync(5));
        Assert.Equal([3, 5], used.Select(one => one.BlobReads));
        await blobs.GetAsync("state/x.json");
        Assert.Null(UsageMeter.Current);
    }

    [Fact]
    public void a_usage_has_its_price()
    {
        var usage = new Usage { Executions = 1_000_000, GigabyteSeconds = 1000, BlobReads = 10_000, BlobWrites = 20_000, BlobLists = 10_000, Messages = 10_000, RequestUnits = 4_000_000 };
        CostParts cost = new Prices().Of(usage, calls: 100, callPrice: 0.5m);
        Assert.Equal(new CostParts(0.426m, 0.005m + 0.13m + 0.065m, 0.012m, 1m, 50m), cost);
        Assert.Equal(51.638m, cost.Total);
    }

    [Fact]
    public async Task a_stream_costs_what_its_runs_and_blobs_used()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20 });
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromDays(1)), CallPrice = 0.01m };
        await world.RunUntilQuietAsync();
        RunCounts counts = await CountAsync(world);
        DateOnly today = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime);
        CostReport report = await world.Get<CostReader>().ReadAsync("sample", today, today.AddDays(1));
        StreamCost numbers = report.Items.Single(item => item.Stream == "numbers");
        Assert.Equal((1, 20L, (long)counts.Calls), (numbers.Runs, numbers.Records, numbers.Calls));
        Assert.Equal(counts.Usage, numbers.Usage);
        Assert.Equal(counts.Calls * 0.01m, numbers.Cost.Calls);
        Assert.Equal(0, (await world.Get<CostReader>().ReadAsync("sample", today.AddDays(1), today.AddDays(2))).Items.Sum(item => item.Runs));
    }

    [Fact]
    public void prices_are_read_and_wrong_ones_are_told_with_their_line()
    {
        Prices prices = PriceFields.Read("currency: EUR\nas_of: 2027-01\ngb_second: 0.00002\n");
        Assert.Equal(("EUR", 0.00002m, 0.40m), (prices.Currency, prices.GigabyteSecond, prices.MillionExecutions));
        string problem = Assert.Throws<InvalidDataException>(() => PriceFields.Read("currency: euros\ngb_second: -1\nspeed: 1\n")).Message;
        foreach (string text in (string[])["prices.yaml:1", "isn't a currency", "prices.yaml:2", "isn't a price", "prices.yaml:3"])
            Assert.Contains(text, problem, StringComparison.Ordinal);
    }

    private static async Task<RunCounts> CountAsync(PenstockWorld world)
    {
        await foreach (Run run in world.Get<RunLedger>().ListAsync("sample", "numbers"))
            return await world.Get<RunLedger>().CountAsync(run);
        throw new InvalidOperationException("There is no run.");
    }
}
