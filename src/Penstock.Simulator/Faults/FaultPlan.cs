namespace Penstock.Simulator;

/// <summary>Says what happens to each call, in the order in which they come.</summary>
internal sealed class FaultPlan(FaultOptions options, Random random)
{
    private readonly Lock _lock = new();
    private long _calls;
    private int _left;
    private Fault? _burst;

    public Fault? Next()
    {
        lock (_lock)
        {
            // Chance is drawn for every call, so that a script changes nothing for the others.
            var drawn = options.Probability > 0 && random.NextDouble() < options.Probability;
            if (_left > 0) _left--;
            else if (drawn) (_burst, _left) = (options.Kinds[random.Next(options.Kinds.Count)], options.BurstLength - 1);
            else _burst = null;
            return options.Script.TryGetValue(++_calls, out var scripted) ? scripted : _burst;
        }
    }

    public void Reset()
    {
        lock (_lock) (_calls, _left, _burst) = (0, 0, null);
    }
}
