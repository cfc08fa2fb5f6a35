using System.Diagnostics;
using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;
using Penstock.Testing;
using Penstock.Testing.World;
using static Penstock.Pipelines.Telemetry.TelemetryNames;

namespace Penstock.Pipelines.Tests.Telemetry;

public class TracingTests
{
    [Fact]
    public async Task one_trace_leads_from_the_timer_to_the_curated_write()
    {
        using var recorder = new SpanRecorder("traced");
        var world = World("traced", new ScriptedStream { Count = 20, WindowSize = 10 });
        await world.Get<PlanClock>().OnTimerAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.WorkAsync();

        ActivityTraceId trace = Assert.Single(recorder.Spans.Select(span => span.TraceId).Distinct());
        Activity[] writes = [.. recorder.Of(Spans.Curate)];
        Assert.Equal(2, writes.Length);
        Assert.All(writes, write => Assert.Equal(
            ["curate traced/numbers", "transform traced/numbers", "land traced/numbers", "extract traced/numbers", "plan traced/numbers", "begin traced/numbers"],
            recorder.Way(write)));
        Activity root = Assert.Single(recorder.Of(Spans.Begin));
        Assert.Equal(default, root.ParentSpanId);
        Assert.Equal("timer", root.GetTagItem(Attributes.Trigger));
        // The tick is a trace of its own: it begins runs of many pipelines.
        Assert.NotEqual(trace, Assert.Single(root.Links).Context.TraceId);
        Assert.Equal("completed", Assert.Single(recorder.Of(Spans.End)).GetTagItem(Attributes.RunStatus));
    }

    [Fact]
    public async Task planning_that_goes_on_later_and_the_messages_after_it_stay_in_the_runs_trace()
    {
        using var recorder = new SpanRecorder("waits");
        var world = World("waits");
        int asked = 0;
        world.Stream.PlanInterruption = at => at == 7 && asked++ == 0 ? new PlanWaits(world.Time.GetUtcNow().AddMinutes(2), "quota") : null;
        await world.RunUntilQuietAsync();
        Assert.Single(recorder.Spans.Select(span => span.TraceId).Distinct());
        Assert.True(recorder.Of(Spans.Plan).Count > 1);
        Assert.Equal(10, recorder.Of(Spans.Extract).Count(span => span.GetTagItem(Attributes.Outcome) as string == "landed"));
    }

    [Fact]
    public async Task attempts_at_a_slice_are_neighbours_in_the_trace_however_many_there_are()
    {
        using var recorder = new SpanRecorder("again");
        var world = World("again", new ScriptedStream { Count = 10, WindowSize = 10 });
        int waits = 3;
        world.Stream.Interruption = (_, _) => waits-- > 0 ? new ReadWaits(world.Time.GetUtcNow().AddMinutes(1), "quota") : null;
        await world.RunUntilQuietAsync();
        Activity plan = recorder.Of(Spans.Plan)[0];
        Assert.Equal(4, recorder.Of(Spans.Extract).Count);
        Assert.All(recorder.Of(Spans.Extract), attempt => Assert.Equal(plan.SpanId, attempt.ParentSpanId));
        Assert.Equal("quota", recorder.Of(Spans.Extract)[0].Events.Single().Name);
    }

    [Fact]
    public async Task a_transform_that_is_sent_again_after_a_crash_belongs_to_the_attempt_that_landed_its_blob()
    {
        using var recorder = new SpanRecorder("crashed");
        bool crashed = false;
        var stream = new ScriptedStream { Count = 4, WindowSize = 10 };
        var world = new PenstockWorld(stream, crash: where => !crashed && where.Contains("send transform", StringComparison.Ordinal) && where.StartsWith("before", StringComparison.Ordinal) && (crashed = true));
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Name = "crashed", Schedule = new Every(TimeSpan.FromDays(1)) };
        await world.RunUntilQuietAsync();
        Activity landed = recorder.Of(Spans.Land)[0];
        Assert.All(recorder.Of(Spans.Transform), transform => Assert.Equal(landed.SpanId, transform.ParentSpanId));
        Assert.Equal(ActivityStatusCode.Error, recorder.Of(Spans.Extract)[0].Status);
    }

    [Fact]
    public async Task an_operators_request_is_the_root_of_the_run_it_asks_for()
    {
        using var recorder = new SpanRecorder("asked");
        var world = World("asked");
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null };
        using Activity request = new Activity("POST /api/pipelines/asked/runs").SetIdFormat(ActivityIdFormat.W3C).Start();
        await world.Get<OperateStage>().RunAsync(new RunNow("asked", []));
        Assert.Equal(request.SpanId, Assert.Single(recorder.Of(Spans.Begin)).ParentSpanId);
    }

    [Fact]
    public async Task a_message_without_a_context_is_still_read()
    {
        var world = World("old", new ScriptedStream { Count = 4 });
        await world.PlanAsync();
        WorkItem item = Assert.Single(await world.Stores.Queue.ReceiveAsync(QueueNames.Extract, 1, TimeSpan.FromMinutes(5)));
        byte[] old = WorkReader.WithoutContext(item.Body.Span);
        Assert.DoesNotContain("dueAt", Encoding.UTF8.GetString(old), StringComparison.Ordinal);
        Assert.IsType<SliceLanded>(Assert.IsType<SliceWorked>(await world.Get<WorkDispatcher>().HandleAsync(QueueNames.Extract, old, world.Time.GetUtcNow().AddMinutes(1))).Outcome);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData("")]
    public async Task a_context_that_cant_be_read_loses_no_message(string traceparent)
    {
        using var recorder = new SpanRecorder("odd");
        var world = World("odd", new ScriptedStream { Count = 4 });
        await world.PlanAsync();
        string run = RunOf(await world.Stores.Queue.ReceiveAsync(QueueNames.Extract, 1, TimeSpan.FromMinutes(5)));
        byte[] body = Encoding.UTF8.GetBytes($$"""{"pipeline":"odd","stream":"numbers","run":"{{run}}","batch":0,"slice":0,"traceparent":"{{traceparent}}"}""");
        Assert.IsType<SliceWorked>(await world.Get<WorkDispatcher>().HandleAsync(QueueNames.Extract, body, world.Time.GetUtcNow().AddMinutes(1)));
    }

    [Fact]
    public async Task events_from_one_place_in_a_trace_go_on_there_and_those_from_many_are_links()
    {
        using var recorder = new SpanRecorder("pushed");
        var world = World("pushed");
        var one = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var other = new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "vendor=1");
        await ReceiveAsync(world, "a", one);
        await ReceiveAsync(world, "b", one, other, other);
        Assert.Equal("b7ad6b7169203331", recorder.Of(Spans.Receive)[0].ParentSpanId.ToHexString());
        Assert.Equal(default, recorder.Of(Spans.Receive)[1].ParentSpanId);
        Assert.Equal(["b7ad6b7169203331", "00f067aa0ba902b7"], recorder.Of(Spans.Receive)[1].Links.Select(link => link.Context.SpanId.ToHexString()));
        Assert.Equal("vendor=1", recorder.Of(Spans.Receive)[1].Links.Last().Context.TraceState);
        await world.WorkAsync();
        Assert.Equal(["curate pushed/orders", "transform pushed/orders", "receive pushed/orders"], recorder.Way(recorder.Of(Spans.Curate)[0]));
    }

    [Fact]
    public void a_look_that_changes_nothing_leaves_no_span()
    {
        using var recorder = new SpanRecorder("nothing");
        var run = new Run { Id = "1", Pipeline = "nothing", Stream = "s", Kind = RunKind.Incremental, CreatedAt = DateTimeOffset.UnixEpoch };
        using (Activity? span = Tracing.Begin(run))
            span.Forget();
        Assert.Empty(recorder.Spans);
    }

    private static PenstockWorld World(string pipeline, ScriptedStream? stream = null)
    {
        var world = new PenstockWorld(stream);
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Name = pipeline, Schedule = new Every(TimeSpan.FromDays(1)) };
        return world;
    }

    private static async Task ReceiveAsync(PenstockWorld world, string source, params TraceContext[] origins)
    {
        ReadOnlyMemory<byte>[] records = [.. origins.Select((_, n) => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($$"""{"id":"{{source}}{{n}}","updated":1}"""))];
        Assert.IsType<BatchLanded>(await world.Get<ReceiveStage>().RunAsync(
            new ReceivedBatch(world.Pipelines.Pipeline.Name, "orders", source, world.Time.GetUtcNow(), records) { Origins = origins }));
    }

    private static string RunOf(IReadOnlyList<WorkItem> items) =>
        System.Text.Json.JsonDocument.Parse(Assert.Single(items).Body).RootElement.GetProperty("run").GetString()!;
}
