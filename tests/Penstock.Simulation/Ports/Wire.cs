using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Invariants;
using Penstock.Simulation.Scheduling;
using Penstock.Testing;

namespace Penstock.Simulation.Ports;

/// <summary>
/// Every call of every worker passes here: others may go first, and the fault plan decides what goes wrong. What a call does to
/// the world is done at once, between two steps, so that all interleavings are those of calls.
/// </summary>
public sealed class Wire(ManualTimeProvider time, Trace trace, Tally tally, FaultPlan plan)
{
    // Not shared by runs: whatever waits for it would be kept as long as the process.
    private readonly Task _never = new TaskCompletionSource().Task;

    /// <summary>What goes wrong from now on.</summary>
    public FaultPlan Plan { get; set; } = plan;

    /// <summary>How long the source takes for a page.</summary>
    public TimeSpan PageTime { get; set; }

    /// <summary>How long the store takes for a budget.</summary>
    public TimeSpan BudgetTime { get; set; }

    /// <summary>Is told each call while faults are possible, for the exhaustive runs.</summary>
    public Action<PortCall>? Called { get; set; }

    /// <summary>What a call failed or hung on, by name.</summary>
    public List<string> Hit { get; } = [];

    /// <summary>When a call to a budget last failed or hung.</summary>
    public DateTimeOffset BudgetHitAt { get; private set; }

    /// <summary>Makes a call.</summary>
    /// <param name="worker">Who calls.</param>
    /// <param name="kind">What.</param>
    /// <param name="name">On what.</param>
    /// <param name="effect">What it does to the world.</param>
    /// <param name="lost">What the SDK's second try reports when the first one's answer was lost; null if it reports the same.</param>
    /// <param name="half">Half of what it does to the world.</param>
    public async ValueTask<T> CallAsync<T>(
        Worker worker, CallKind kind, string name, Func<ValueTask<T>> effect, Func<T, T>? lost = null, Func<ValueTask<T>>? half = null)
    {
        await Task.Yield();
        await worker.AliveAsync();
        var call = new PortCall((int)tally.Calls++, worker.Number, kind, name);
        Fault fault = Plan.Next(call, time.GetUtcNow());
        if (Plan != FaultPlan.None)
            Called?.Invoke(call);
        trace.Add(worker.Number, (int)kind, (int)fault.Mode, name);
        if (trace.IsRead)
            trace.Write($"{worker} {kind} {name} #{call.Number}{(fault.Mode == FaultMode.None ? "" : $"  ** {fault.Mode}")}");
        if (fault.Mode != FaultMode.None)
        {
            tally.Faults++;
            if (fault.Mode != FaultMode.Lost)
                Hit.Add(name);
            if (name.StartsWith(BudgetInvariant.Budgets, StringComparison.Ordinal))
                BudgetHitAt = time.GetUtcNow();
        }

        switch (fault.Mode)
        {
            case FaultMode.Before or FaultMode.Throttle or FaultMode.Nonsense:
                throw new StoreUnavailableException($"{kind} {name}, before", fault.Mode);
            case FaultMode.Partial when half is not null:
                await half();
                throw new StoreUnavailableException($"{kind} {name}, half", fault.Mode);
            case FaultMode.KillBefore:
                worker.Kill();
                await _never;
                break;
            case FaultMode.StallBefore:
                await Task.Delay(fault.Stall, time);
                await worker.AliveAsync();
                break;
        }

        TimeSpan takes = kind is CallKind.Page or CallKind.Http ? PageTime : BudgetTime > TimeSpan.Zero && name.StartsWith(BudgetInvariant.Budgets, StringComparison.Ordinal) ? BudgetTime : TimeSpan.Zero;
        if (takes > TimeSpan.Zero)
        {
            await Task.Delay(takes, time);
            await worker.AliveAsync();
        }

        T result = await effect();
        switch (fault.Mode)
        {
            case FaultMode.After or FaultMode.Partial:
                throw new StoreUnavailableException($"{kind} {name}, after", fault.Mode);
            case FaultMode.Lost:
                return lost is null ? result : lost(result);
            case FaultMode.Twice:
                return await effect();
            case FaultMode.KillAfter:
                worker.Kill();
                await _never;
                break;
            case FaultMode.StallAfter:
                await Task.Delay(fault.Stall, time);
                await worker.AliveAsync();
                break;
        }

        return result;
    }
}
