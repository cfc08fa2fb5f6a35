using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Operating;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Scenarios;

/// <summary>The pipeline's file changes while runs go on: it is paused, broken, and mended; an operator pauses it; its schedule changes; a worker's clock crosses a change of local time.</summary>
public sealed class ConfigChangeMidRun(Random? chance) : Scenario(chance)
{
    // 2018-03-25T01:00Z: the clocks of Berlin go from 2 to 3.
    public override DateTimeOffset Start { get; } = new DateTimeOffset(2018, 3, 25, 0, 57, 0, TimeSpan.Zero);

    public override void Begin(World world)
    {
        SourceLife.Begin(world, Chance, Shape, Duration);
        world.Wire.PageTime = TimeSpan.FromSeconds(Chance?.Next(0, 15) ?? 1);
        world.Catalog.Pipeline = world.Catalog.Pipeline with { Schedule = new Cron("*/5 * * * *", Berlin()) };
        for (int i = Chance?.Next(1, 5) ?? 1; i > 0; i--)
            Change(world, TimeSpan.FromSeconds(Chance?.Next(50, 600) ?? 61), Chance?.Next(6) ?? 1);
    }

    public override void End(World world)
    {
        base.End(world);
        world.Catalog.IsBroken = false;
    }

    private void Change(World world, TimeSpan at, int kind) => world.After(at, () =>
    {
        if (world.IsWell)
            return;
        Pipeline pipeline = world.Catalog.Pipeline;
        TimeSpan back = TimeSpan.FromSeconds(Chance?.Next(1, 400) ?? 100);
        world.Trace.Write($"the pipeline's file changes, kind {kind}");
        switch (kind)
        {
            case 0:
                world.Catalog.Pipeline = pipeline with { Paused = true };
                world.After(back, () => world.Catalog.Pipeline = world.Catalog.Pipeline with { Paused = false });
                break;
            case 1:
                world.Catalog.IsBroken = true;
                world.After(back, () => world.Catalog.IsBroken = false);
                break;
            case 2:
                world.Catalog.Pipeline = pipeline with { Schedule = new Every(TimeSpan.FromMinutes(2)) };
                break;
            case 3:
                world.Catalog.Pipeline = pipeline with { Schedule = null };
                break;
            case 4:
                world.Ask(TimeSpan.Zero, "set the cursors back", worker => SetBackAsync(world, worker, back));
                break;
            default:
                world.Ask(TimeSpan.Zero, "pause", worker => SetAsync(world, worker, isPaused: true));
                world.Ask(back, "resume", worker => SetAsync(world, worker, isPaused: false));
                // Whoever pauses late is undone in the end.
                world.Ask(Duration + TimeSpan.FromMinutes(10), "resume for good", worker => SetAsync(world, worker, isPaused: false));
                break;
        }
    });

    // To read again what was read: some minutes, or everything. Whoever finds a run going on gives up, or insists.
    private async Task<bool> SetBackAsync(World world, Worker worker, TimeSpan back)
    {
        StateBook book = worker.Get<StateBook>();
        StreamCursors state = await book.ReadAsync(Pipeline.Name, PulledStream!);
        Dictionary<string, string> earlier = state.Cursors
            .Where(_ => Chance!.Next(3) > 0)
            .ToDictionary(one => one.Key, one => FormattableString.Invariant($$"""{"updated":{{SourceStream.Number(SourceStream.StateOf(one.Value)!) - (long)back.TotalSeconds}}}"""));
        world.Expectations.CursorsSetBack = true;
        bool isForced = Chance!.Next(2) == 0;
        DateTimeOffset asked = world.Time.GetUtcNow();
        // While a run goes on, or after so long that one may have begun, it may have moved them meanwhile.
        if (await book.SetAsync(Pipeline.Name, PulledStream!, earlier, state.ETag, isForced) is StateSet { State.Cursors: var set } && !isForced && world.Time.GetUtcNow() - asked < TimeSpan.FromSeconds(30))
            world.Invariants.Obedience.CursorsSet(earlier, set);
        return true;
    }

    private static async Task<bool> SetAsync(World world, Worker worker, bool isPaused)
    {
        var pause = new PipelinePause("sample", isPaused, world.Time.GetUtcNow(), "somebody", "");
        if (isPaused)
            await world.Expectations.PauseAsync(world.Time, () => worker.Get<PauseBook>().SetAsync(pause, etag: null));
        else
            await world.Expectations.ResumeAsync(() => worker.Get<PauseBook>().SetAsync(pause, etag: null));
        return true;
    }

    // Made here, so that the run doesn't depend on the machine's time zones.
    private static TimeZoneInfo Berlin()
    {
        var spring = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday);
        var autumn = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), spring, autumn);
        return TimeZoneInfo.CreateCustomTimeZone("Berlin", TimeSpan.FromHours(1), "Berlin", "CET", "CEST", [rule]);
    }
}
