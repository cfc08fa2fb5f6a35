using System.Collections.Concurrent;
using System.Text;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;

namespace Penstock.Testing.Compliance;

/// <summary>What every work queue promises to those who send and to those who receive. Each test has a queue of its own.</summary>
public abstract class WorkQueueCompliance
{
    private static readonly TimeSpan s_hidden = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_briefly = TimeSpan.FromSeconds(1);
    private readonly string _queue = $"t-{new CryptoIdSource().Next()}";

    protected abstract IWorkQueue Queue { get; }

    protected abstract IWorkReceiver Receiver { get; }

    /// <summary>Lets time pass by the queue's clock.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    private async Task Send(string text, TimeSpan delay = default) => await Queue.SendAsync(_queue, Encoding.UTF8.GetBytes(text), delay);

    private async Task<WorkItem> Take(TimeSpan visibility) => Assert.Single(await Receiver.ReceiveAsync(_queue, 1, visibility));

    private async Task<bool> Nothing() => (await Receiver.ReceiveAsync(_queue, 1, s_hidden)).Count == 0;

    private static string Text(WorkItem item) => Encoding.UTF8.GetString(item.Body.Span);

    [Fact]
    public async Task a_message_is_received_as_it_was_sent()
    {
        await Send("{\"käse\":\"🧀 <&>\"}");
        WorkItem item = await Take(s_hidden);
        Assert.Equal("{\"käse\":\"🧀 <&>\"}", Text(item));
        Assert.Equal((_queue, 1), (item.Queue, item.DequeueCount));
    }

    [Fact]
    public async Task a_queue_that_nobody_wrote_to_is_empty()
    {
        Assert.True(await Nothing());
        Assert.Equal(0, await Receiver.CountAsync(_queue));
    }

    [Fact]
    public async Task a_taken_message_is_hidden_and_counted()
    {
        await Send("x");
        await Take(s_hidden);
        Assert.True(await Nothing());
        Assert.Equal(1, await Receiver.CountAsync(_queue));
    }

    [Fact]
    public async Task a_message_that_is_not_completed_comes_back_with_a_higher_count()
    {
        await Send("x");
        WorkItem first = await Take(s_briefly);
        await PassAsync(s_briefly);
        WorkItem second = await Take(s_hidden);
        Assert.Equal((first.Id, "x", 2), (second.Id, Text(second), second.DequeueCount));
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Fact]
    public async Task a_completed_message_is_gone()
    {
        await Send("x");
        WorkItem item = await Take(s_briefly);
        Assert.True(await Receiver.CompleteAsync(item));
        Assert.False(await Receiver.CompleteAsync(item));
        await PassAsync(s_briefly);
        Assert.True(await Nothing());
        Assert.Equal(0, await Receiver.CountAsync(_queue));
    }

    [Fact]
    public async Task a_receipt_is_stale_once_somebody_else_has_the_message()
    {
        await Send("x");
        WorkItem late = await Take(s_briefly);
        await PassAsync(s_briefly);
        WorkItem current = await Take(s_hidden);
        Assert.False(await Receiver.CompleteAsync(late));
        Assert.Null(await Receiver.HideAsync(late, s_hidden));
        Assert.Equal(1, await Receiver.CountAsync(_queue));
        Assert.True(await Receiver.CompleteAsync(current));
    }

    [Fact]
    public async Task hiding_for_longer_keeps_a_message_and_changes_its_receipt()
    {
        await Send("x");
        WorkItem taken = await Take(s_briefly);
        WorkItem kept = (await Receiver.HideAsync(taken, s_hidden))!;
        await PassAsync(s_briefly);
        Assert.True(await Nothing());
        Assert.Equal((taken.Id, "x", 1), (kept.Id, Text(kept), kept.DequeueCount));
        Assert.False(await Receiver.CompleteAsync(taken));
        Assert.True(await Receiver.CompleteAsync(kept));
    }

    [Fact]
    public async Task hiding_for_no_time_shows_a_message_at_once()
    {
        await Send("x");
        Assert.NotNull(await Receiver.HideAsync(await Take(s_hidden), TimeSpan.Zero));
        Assert.Equal(2, (await Take(s_hidden)).DequeueCount);
    }

    [Fact]
    public async Task a_delayed_message_waits()
    {
        await Send("later", s_briefly);
        await Send("now");
        Assert.Equal("now", Text(await Take(s_hidden)));
        Assert.True(await Nothing());
        Assert.Equal(2, await Receiver.CountAsync(_queue));
        await PassAsync(s_briefly);
        Assert.Equal("later", Text(await Take(s_hidden)));
    }

    [Fact]
    public async Task a_delay_below_zero_is_none_and_one_above_seven_days_is_refused()
    {
        await Send("now", TimeSpan.FromSeconds(-5));
        Assert.Equal("now", Text(await Take(s_hidden)));
        await Send("in a week", TimeSpan.FromDays(7));
        Assert.True(await Nothing());
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Send("too late", TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task a_message_of_48_KiB_fits_and_a_larger_one_is_refused()
    {
        string largest = new('x', IWorkQueue.MaxMessageBytes);
        await Send(largest);
        Assert.Equal(largest, Text(await Take(s_hidden)));
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Send(largest + "x"));
        Assert.Contains("49153", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("a--b")]
    [InlineData("-ab")]
    [InlineData("a/b")]
    [InlineData("../x")]
    public async Task a_wrong_queue_name_is_refused(string queue) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Queue.SendAsync(queue, default));

    [Fact]
    public async Task a_buffer_may_be_used_again_once_it_is_sent()
    {
        byte[] buffer = "before"u8.ToArray();
        await Queue.SendAsync(_queue, buffer);
        buffer.AsSpan().Fill((byte)'x');
        Assert.Equal("before", Text(await Take(s_hidden)));
    }

    [Fact]
    public async Task queues_are_apart()
    {
        string poison = _queue + QueueNames.PoisonSuffix;
        await Queue.SendAsync(poison, "dead"u8.ToArray());
        Assert.True(await Nothing());
        Assert.Equal("dead", Text(Assert.Single(await Receiver.ReceiveAsync(poison, 5, s_hidden))));
    }

    [Fact]
    public async Task no_more_are_taken_than_asked_for()
    {
        for (int i = 0; i < 5; i++)
            await Send($"{i}");
        Assert.Equal(3, (await Receiver.ReceiveAsync(_queue, 3, s_hidden)).Count);
        Assert.Equal(2, (await Receiver.ReceiveAsync(_queue, 32, s_hidden)).Count);
    }

    [Fact]
    public async Task of_many_receivers_each_message_goes_to_one()
    {
        const int Messages = 60;
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => Task.Run(() => Send($"{i}"))));
        var received = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await Receiver.ReceiveAsync(_queue, 5, s_hidden) is { Count: > 0 } items)
            {
                foreach (WorkItem item in items)
                {
                    received.Add(Text(item));
                    Assert.True(await Receiver.CompleteAsync(item));
                }
            }
        })));
        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i}").Order(), received.Order());
        Assert.Equal(0, await Receiver.CountAsync(_queue));
    }
}
