namespace Penstock.Simulator;

internal sealed class MovingWindowMeter(Quota.MovingWindow quota) : QuotaMeter
{
    private readonly Queue<DateTimeOffset> _calls = new();

    public override QuotaState Look(DateTimeOffset now)
    {
        while (_calls.TryPeek(out var oldest) && oldest + quota.Window <= now) _calls.Dequeue();
        var remaining = quota.Calls - _calls.Count;
        // A moving window never resets as a whole: what a caller waits for is that its oldest call leaves the window.
        var reset = _calls.TryPeek(out var first) ? first + quota.Window - now : TimeSpan.Zero;
        return new(quota.Name, quota.Calls, remaining, quota.Window, reset, remaining > 0 ? TimeSpan.Zero : reset);
    }

    public override void Take(DateTimeOffset now) => _calls.Enqueue(now);
}
