using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Invariants;
using Penstock.Simulation.Mutants;
using Penstock.Simulation.Ports;
using Penstock.Simulation.Scenarios;
using Penstock.Simulation.Scheduling;
using Penstock.Simulation.Sources;
using Penstock.Testing;

namespace Penstock.Simulation;

/// <summary>Everything of one run: the stores, the source, the workers, and who watches over the promises.</summary>
public sealed class World
{
    private static readonly TimeSpan s_restart = TimeSpan.FromSeconds(20);
    private readonly Random _chance;

    public World(SimulationPlan plan, Trace trace, ManualTimeProvider time)
    {
        (Plan, Trace, Time) = (plan, trace, time);
        (Scenario, Mutant) = (plan.Scenario, plan.Mutant);
        Seeds = new Random(plan.Seed);
        _chance = new Random(Seeds.Next());
        Scheduler = new SimulatedScheduler(new Random(Seeds.Next()));
        Ids = new RandomIdSource(new Random(Seeds.Next()));
        Mail = new Mail(time, new Random(Seeds.Next())) { Disorder = Scenario.Disorder };
        Blobs = new MemoryBlobStore(time);
        Wire = new Wire(time, trace, Tally, plan.Faults(new Random(Seeds.Next()), time.GetUtcNow(), Scenario.Duration));
        Source = new SimulatedSource(time);
        Catalog = new SimulatedCatalog(Scenario.Pipeline, time);
        Invariants = new InvariantSet(this);
    }

    public SimulationPlan Plan { get; }

    public Scenario Scenario { get; }

    public Mutant Mutant { get; }

    public Random Seeds { get; }

    public Trace Trace { get; }

    public Tally Tally { get; } = new();

    public ManualTimeProvider Time { get; }

    public SimulatedScheduler Scheduler { get; }

    public Wire Wire { get; }

    public Mail Mail { get; }

    public RandomIdSource Ids { get; }

    public MemoryBlobStore Blobs { get; }

    public MemoryCuratedStore Curated { get; set; } = new();

    public MemorySecretStore Secrets { get; } = new();

    public SimulatedSource Source { get; }

    public SimulatedCatalog Catalog { get; }

    public InvariantSet Invariants { get; }

    public List<Worker> Workers { get; } = [];

    public List<HubPartition> Hubs { get; } = [];

    /// <summary>What must show in the end.</summary>
    public Expectations Expectations { get; } = new();

    /// <summary>Whether timers tick.</summary>
    public bool HasTimers { get; set; } = true;

    /// <summary>When a process last died.</summary>
    public DateTimeOffset DiedAt { get; private set; }

    /// <summary>Whether the faults are over.</summary>
    public bool IsWell { get; set; }

    /// <summary>What operators have asked for and haven't got yet.</summary>
    public int Asking { get; private set; }

    /// <summary>What was violated, the first thing first.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>A worker that lives, chosen by chance; null if none does.</summary>
    public Worker? AnyWorker()
    {
        List<Worker> alive = Workers.FindAll(worker => !worker.IsDead);
        return alive.Count == 0 ? null : alive[_chance.Next(alive.Count)];
    }

    /// <summary>Starts a process.</summary>
    public void Start(int number, int generation)
    {
        var worker = new Worker(this, number, generation, Scenario.Skew(number));
        Workers.RemoveAll(one => one.Number == number);
        Workers.Add(worker);
        Trace.Write($"{worker} starts");
        new QueueHost(this, worker).Start();
    }

    /// <summary>A process died: the platform starts another.</summary>
    public void Died(Worker worker, int generation)
    {
        Tally.Crashes++;
        DiedAt = Time.GetUtcNow();
        Trace.Write($"{worker} dies");
        After(s_restart, () => Start(worker.Number, generation + 1));
    }

    /// <summary>Does something at a time of the run.</summary>
    public void After(TimeSpan delay, Action action) => Time.CreateTimer(_ => action(), null, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Has some live worker do something each time a period is over, as a timer trigger does.</summary>
    public void Each(TimeSpan period, string name, Func<Worker, Task> work) => Time.CreateTimer(
        _ =>
        {
            if (!HasTimers || AnyWorker() is not { } worker)
                return;
            Begin(worker, name, () =>
            {
                Shift.Current = new Shift(Time.GetUtcNow(), DateTimeOffset.MaxValue) { IsWatch = name == "watch" };
                return work(worker);
            });
        },
        null, period, period);

    /// <summary>Has a worker begin something.</summary>
    public void Begin(Worker worker, string name, Func<Task> work) => _ = Scheduler.Start(() => GuardAsync(worker, name, work));

    /// <summary>Has an operator ask for something at a time, and again until it is done; whoever is asked may fail or die.</summary>
    public void Ask(TimeSpan delay, string name, Func<Worker, Task<bool>> ask)
    {
        Asking++;
        After(delay, Try);

        void Try()
        {
            if (IsWell && !Scenario.MustBeDone)
            {
                Asking--;
                return;
            }

            bool isDone = false;
            Worker? asked = AnyWorker();
            if (asked is not null)
                Begin(asked, name, async () => isDone = await ask(asked));
            After(s_restart, () =>
            {
                // Who asks has no patience with a call that hangs, and asks another.
                if (isDone)
                    Asking--;
                else
                    Try();
            });
        }
    }

    /// <summary>Does work whose failure the host would log; one that no store or source caused is a violation.</summary>
    public async Task GuardAsync(Worker worker, string name, Func<Task> work)
    {
        worker.Busy++;
        try
        {
            await work();
        }
        catch (StoreUnavailableException e)
        {
            Trace.Write($"{worker} {name} failed: {e.Message}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Violate("no unexpected exceptions", $"{name} threw {e}");
        }
        finally
        {
            worker.Busy--;
        }
    }

    /// <summary>Notes that a promise is broken; the run ends.</summary>
    public void Violate(string promise, string how)
    {
        Violations.Add(new Violation(promise, how, Time.GetUtcNow()));
        Trace.Write($"VIOLATION {promise}: {how}");
    }

    /// <summary>Whether nobody works and nothing waits in a queue.</summary>
    public async ValueTask<bool> IsIdleAsync()
    {
        if (Asking > 0 || Hubs.Exists(hub => !hub.IsDrained) || Workers.Exists(worker => !worker.IsDead && worker.Busy > 0))
            return false;
        foreach (string queue in QueueNames.All)
        {
            if (await Mail.Queue.CountAsync(queue) > 0)
                return false;
        }

        return true;
    }
}

/// <summary>A promise that was broken.</summary>
/// <param name="Promise">Which.</param>
/// <param name="How">What was seen.</param>
/// <param name="At">When.</param>
public sealed record Violation(string Promise, string How, DateTimeOffset At);
