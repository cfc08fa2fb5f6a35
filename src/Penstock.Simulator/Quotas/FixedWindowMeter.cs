namespace Penstock.Simulator;

internal sealed class FixedWindowMeter(Quota.FixedWindow quota) : QuotaMeter
{
    private long _window;
    private int _used;

    public override QuotaState Look(DateTimeOffset now)
    {
        var sinceEpoch = (now - DateTimeOffset.UnixEpoch).Ticks;
        var window = sinceEpoch / quota.Window.Ticks;
        if (window != _window) (_window, _used) = (window, 0);
        var reset = TimeSpan.FromTicks((window + 1) * quota.Window.Ticks - sinceEpoch);
        var remaining = quota.Calls - _used;
        return new(quota.Name, quota.Calls, remaining, quota.Window, reset, remaining > 0 ? TimeSpan.Zero : reset);
    }

    public override void Take(DateTimeOffset now) => _used++;
}
