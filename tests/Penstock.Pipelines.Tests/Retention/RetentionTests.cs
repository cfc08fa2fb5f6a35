using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Retention;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Tests.Definitions;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Retention;

public class RetentionTests
{
    private readonly PenstockWorld _world = new();

    [Fact]
    public async Task each_layer_is_kept_as_long_as_the_stream_says()
    {
        Use(new StreamRetention(Raw: new(30, 'D'), Curated: new(1, 'Y'), Quarantine: new(7, 'D'), Ledger: new(60, 'D')));
        DateTimeOffset now = _world.Time.GetUtcNow();
        await ReceiveAsync(now.AddDays(-400), """{"id":"old"}""", "{broken");
        await ReceiveAsync(now.AddDays(-40), """{"id":"middle"}""", "{broken");
        await ReceiveAsync(now.AddDays(-8), """{"id":"young"}""", "{broken");
        await _world.WorkAsync();
        IReadOnlyList<string> findings = await _world.Get<WatchStage>().RunAsync();
        Assert.Contains("deleted 2 raw blobs of sample/orders that are kept no longer", findings);
        Assert.Equal((1, 0, 2), (await CountAsync("raw/sample/"), await CountAsync("quarantine/sample/"), await CountAsync("ledger/transforms/sample/")));
        Assert.Equal("""{"id":"middle"}""" + "\n" + """{"id":"young"}""", await _world.CuratedAsync("orders"));
        Assert.DoesNotContain(await _world.Get<WatchStage>().RunAsync(), finding => finding.Contains("kept no longer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task raw_that_was_never_transformed_is_kept()
    {
        Use(new StreamRetention(Raw: new(30, 'D')));
        await ReceiveAsync(_world.Time.GetUtcNow().AddDays(-400), """{"id":"old"}""");
        await _world.Get<WatchStage>().RunAsync();
        Assert.Equal(1, await CountAsync("raw/sample/"));
    }

    [Fact]
    public async Task a_look_deletes_so_much_and_no_more()
    {
        Use(new StreamRetention(Raw: new(30, 'D')));
        DateTimeOffset old = _world.Time.GetUtcNow().AddDays(-400);
        for (int i = 0; i < RetentionMonitor.AtOnce + 1; i++)
            await ReceiveAsync(old.AddSeconds(i), $$"""{"id":"{{i}}"}""");
        await _world.WorkAsync();
        await _world.Get<WatchStage>().RunAsync();
        Assert.Equal(1, await CountAsync("raw/sample/"));
        await _world.Get<WatchStage>().RunAsync();
        Assert.Equal(0, await CountAsync("raw/sample/"));
    }

    [Fact]
    public async Task a_stream_that_is_to_go_is_emptied_by_short_times_and_what_is_kept_of_it_for_monitors_goes_when_it_is_removed()
    {
        var none = new RetentionPeriod(1, 'D');
        Use(new StreamRetention(none, none, none, none, none), new StreamOutputs(Lake: LakePartition.Day));
        await ReceiveAsync(_world.Time.GetUtcNow(), """{"id":"1"}""", "{broken");
        await _world.WorkAsync();
        await WatchAsync(days: 2);
        foreach (string area in new[] { "raw/sample/", "quarantine/", "lake/", "ledger/transforms/sample/" })
            Assert.Equal((area, 0), (area, await CountAsync(area)));
        Assert.Equal("", await _world.CuratedAsync("orders"));
        Assert.NotEqual(0, await CountAsync("ledger/quality/sample/orders/"));

        _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with { Streams = [new PipelineStream { Name = "others", Key = ["id"], Reception = new Reception("others", null) }] };
        await WatchAsync(days: 9);
        Assert.Equal(0, await CountAsync("ledger/quality/sample/orders/"));
    }

    [Fact]
    public async Task data_of_a_stream_that_was_only_removed_stays_and_an_erasure_says_that_it_was_not_looked_through()
    {
        _world.Stores.Secrets.Set("subject-key", "a key that nobody can guess");
        Use(StreamRetention.None);
        await ReceiveAsync(_world.Time.GetUtcNow(), """{"id":"ada"}""");
        await _world.WorkAsync();
        _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with
        {
            Streams = [new PipelineStream { Name = "others", Key = ["id"], Reception = new Reception("others", null), Subject = new StreamSubject([new("id", "id")]) }],
        };
        await WatchAsync(days: 9);
        Assert.Equal(1, await CountAsync("raw/sample/orders/"));
        Erasure erasure = Assert.IsType<ErasureBegun>(await _world.Get<ErasureDesk>().BeginAsync([new("id", "ada")])).Erasure;
        await WatchAsync(days: 1);
        erasure = (await _world.Get<ErasureBook>().FindAsync(erasure.Id))!;
        Assert.Equal((ErasureStatus.Completed, "sample/others", "sample/orders"), (erasure.Status, Assert.Single(erasure.Searched), Assert.Single(erasure.NotSearched)));
    }

    [Fact]
    public async Task periods_are_read_from_the_file_and_wrong_ones_told_with_their_line()
    {
        Pipeline pipeline = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            streams: [{ stream: orders, receive: { event_hub: orders }, key: [id], retention: { raw: P90D, curated: P2Y, quarantine: P4W } }]
            """).UsableAsync("shop");
        Assert.Equal(new StreamRetention(new(90, 'D'), new(2, 'Y'), new(4, 'W')), pipeline.Streams[0].Retention);
        string problems = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            streams:
              - stream: orders
                receive: { event_hub: orders }
                key: [id]
                retention:
                  raw: P1Y
                  curated: 90 days
                  ledger: P30D
                  attic: P1D
            """).ProblemsAsync("shop");
        Assert.Contains("shop/pipeline.yaml:8: streams[0].retention.curated: '90 days' isn't a time to keep something.", problems);
        Assert.Contains("shop/pipeline.yaml:9: streams[0].retention.ledger: The ledger is kept for P30D, and raw, which it counts, for P1Y.", problems);
        Assert.Contains("shop/pipeline.yaml:10: streams[0].retention.attic: 'attic' isn't a field here.", problems);
    }

    private async Task WatchAsync(int days)
    {
        for (int half = 0; half < 2 * days; half++)
        {
            _world.Time.Advance(TimeSpan.FromHours(12));
            await _world.Get<WatchStage>().RunAsync();
            await _world.WorkAsync();
        }
    }

    private void Use(StreamRetention retention, StreamOutputs? outputs = null) => _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with
    {
        Streams = [new PipelineStream { Name = "orders", Key = ["id"], Reception = new Reception("orders", null), Retention = retention, Outputs = outputs ?? StreamOutputs.Default }],
    };

    private async Task<int> CountAsync(string prefix) => await _world.Stores.Blobs.ListAsync(prefix).CountAsync();

    private async Task ReceiveAsync(DateTimeOffset at, params string[] records) =>
        Assert.IsType<BatchLanded>(await _world.Get<ReceiveStage>().RunAsync(new ReceivedBatch(
            "sample", "orders", "webhook", at, [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))])));
}
