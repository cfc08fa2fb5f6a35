namespace Penstock.Simulator;

internal sealed class ConcurrencyMeter(Quota.Concurrency quota) : QuotaMeter
{
    // Nobody knows when a call under way will end; one second is what APIs usually say.
    private static readonly TimeSpan Guess = TimeSpan.FromSeconds(1);

    private int _underWay;

    public override QuotaState Look(DateTimeOffset now)
    {
        var remaining = quota.Calls - _underWay;
        return new(quota.Name, quota.Calls, remaining, Window: null, Reset: null, remaining > 0 ? TimeSpan.Zero : Guess);
    }

    public override void Take(DateTimeOffset now) => _underWay++;

    public override void Release() => _underWay--;
}
