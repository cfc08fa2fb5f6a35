using Penstock.Testing;

namespace Penstock.Pipelines.Tests.Testing;

public class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task a_delay_ends_when_the_clock_gets_there()
    {
        Task delay = Task.Delay(TimeSpan.FromSeconds(10), _time);
        _time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        await delay;
    }

    [Fact]
    public void timers_fire_in_order_each_at_its_own_time()
    {
        DateTimeOffset start = _time.GetUtcNow();
        var fired = new List<(string, double)>();
        using ITimer late = Timer("late", 30);
        using ITimer early = Timer("early", 10);
        using ITimer second = Timer("second", 10);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([("early", 10), ("second", 10), ("late", 30)], fired);
        Assert.Equal(60, (_time.GetUtcNow() - start).TotalSeconds);

        ITimer Timer(string name, int due) =>
            _time.CreateTimer(_ => fired.Add((name, (_time.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(due), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void a_periodic_timer_fires_again_and_again_until_it_is_disposed()
    {
        int count = 0;
        ITimer timer = _time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(3, count);
        timer.Dispose();
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(3, count);
        Assert.Null(_time.NextTimer);
    }

    [Fact]
    public void a_timer_that_is_set_while_the_clock_goes_on_fires_in_the_same_go()
    {
        var at = new List<DateTimeOffset>();
        _time.CreateTimer(_ => _time.CreateTimer(_ => at.Add(_time.GetUtcNow()), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        DateTimeOffset start = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([start.AddSeconds(10)], at);
    }

    [Fact]
    public void a_token_source_cancels_by_this_clock()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMinutes(5), _time);
        Assert.Equal(_time.GetUtcNow().AddMinutes(5), _time.NextTimer);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void timestamps_measure_this_clock()
    {
        long start = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(TimeSpan.FromSeconds(2.5), _time.GetElapsedTime(start));
    }
}
