using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Receiving;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Receiving;

public class EventOrderTests
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, 3, 0, 1)]
    [InlineData(0, 1, 2, 3)]
    public async Task a_batch_that_comes_again_cut_otherwise_never_puts_back_what_a_later_event_said(int firstFrom, int firstTo, int secondFrom, int secondTo)
    {
        var world = new PenstockWorld();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with
        {
            Streams = [new PipelineStream { Name = "orders", Key = ["id"], Reception = new Reception("orders", null) }],
        };
        // Three events of one moment and one key. Once they came together; then they come again, from an old checkpoint, one by one.
        HubEvent[] events = [Event(0, s_at), Event(1, s_at), Event(2, s_at)];
        await ReceiveAsync(world, events);
        await ReceiveAsync(world, events[firstFrom..firstTo]);
        await ReceiveAsync(world, events[secondFrom..secondTo]);
        Assert.Contains("\"n\":2", await world.CuratedAsync("orders"));
    }

    [Fact]
    public void what_did_not_come_through_an_event_hub_has_no_order_of_its_own()
    {
        Assert.Null(EventOrder.Of("""{"id":1}"""u8));
        Assert.Null(EventOrder.Of("""{"_event":{"enqueued_at":7}}"""u8));
        Assert.Null(EventOrder.Of("{broken"u8));
        Assert.Null(EventOrder.Of("[1]"u8));
    }

    [Fact]
    public void the_items_of_one_event_are_in_the_order_that_they_came_in()
    {
        IReadOnlyList<ReadOnlyMemory<byte>> items = HubEventReader.Read("orders", "0", new HubEvent("[{},{},{}]"u8.ToArray(), 4, s_at));
        string?[] orders = [.. items.Select(item => EventOrder.Of(item.Span))];
        Assert.Equal(3, orders.OfType<string>().Distinct().Count());
        Assert.Equal(orders.Order(StringComparer.Ordinal), orders);
    }

    private static HubEvent Event(int number, DateTimeOffset at) => new(Encoding.UTF8.GetBytes($$"""{"id":1,"n":{{number}}}"""), number, at);

    private static async Task ReceiveAsync(PenstockWorld world, params HubEvent[] events)
    {
        await world.Get<HubReceiver>().RunAsync("orders", "0", events);
        await world.WorkAsync();
    }
}
