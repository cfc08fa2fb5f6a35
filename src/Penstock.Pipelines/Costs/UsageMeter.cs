namespace Penstock.Pipelines.Costs;

/// <summary>
/// Counts what one execution uses. It is ambient: the ports are far below whoever keeps the count. Counting is an addition in
/// memory; what was counted is written with documents that are written anyway, so that it costs nothing itself. What a killed
/// execution used after its last document is lost.
/// </summary>
public sealed class UsageMeter : IDisposable
{
    private static readonly AsyncLocal<UsageMeter?> Ambient = new();
    private readonly InstanceTime _instance;
    private readonly Lock _lock = new();
    private Usage _since = new() { Executions = 1 };
    private double _shared;

    private UsageMeter(InstanceTime instance) => (_instance, _shared) = (instance, instance.Enter());

    /// <summary>The meter of the execution that this is part of; null if nobody counts.</summary>
    public static UsageMeter? Current => Ambient.Value;

    /// <summary>Request units counted so far.</summary>
    public double RequestUnits { get; private set; }

    /// <summary>Begins to count what the caller's asynchronous flow uses from here on.</summary>
    public static UsageMeter Begin(InstanceTime instance) => Ambient.Value = new UsageMeter(instance);

    /// <summary>What was used since the last time it was taken; nothing if nobody counts.</summary>
    public static Usage Take() => Ambient.Value?.TakeOwn() ?? Usage.None;

    /// <summary>Counts a use.</summary>
    public void Count(Usage use)
    {
        lock (_lock)
        {
            _since += use;
            RequestUnits += use.RequestUnits;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _instance.Leave();

    private Usage TakeOwn()
    {
        double shared = _instance.Shared();
        lock (_lock)
        {
            Usage taken = _since with { GigabyteSeconds = Math.Round(_since.GigabyteSeconds + shared - _shared, 6) };
            (_since, _shared) = (Usage.None, shared);
            return taken;
        }
    }
}
