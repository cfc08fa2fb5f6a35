using System.Text;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Envelopes;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Tests.Envelopes;

public class EnvelopeTests
{
    private const string Source = """{"version":"3.1","connector":"postgresql","name":"shop","ts_ms":1770091506789,"ts_us":1770091506789012,"ts_ns":1770091506789012345,"lsn":24023128,"table":"orders"}""";

    [Theory]
    [InlineData("c")]
    [InlineData("u")]
    [InlineData("r")]
    public void the_row_after_a_change_is_the_record(string op)
    {
        Taken taken = Take(EnvelopeKind.Debezium, $$"""{"before":null,"after":{"id":1,"total":9.90},"source":{{Source}},"op":"{{op}}","ts_ms":1}""");
        Assert.Equal("""{"id":1,"total":9.90}""", taken.Record);
        Assert.Equal((false, "c00000000000024023128"), (taken.Context.IsDeletion, taken.Context.Version));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).AddTicks(7890123), taken.Context.ValidFrom);
    }

    [Fact]
    public void a_schema_beside_the_payload_makes_no_difference() =>
        Assert.Equal("""{"id":1}""", Take(EnvelopeKind.Debezium, $$$"""{"schema":{"type":"struct","fields":[{"field":"after"}]},"payload":{"before":null,"after":{"id":1},"source":{{{Source}}},"op":"c"}}""").Record);

    [Fact]
    public void a_deletion_is_known_by_the_row_before_it()
    {
        Taken taken = Take(EnvelopeKind.Debezium, $$"""{"before":{"id":1},"after":null,"source":{{Source}},"op":"d"}""");
        Assert.Equal(("""{"id":1}""", true), (taken.Record, taken.Context.IsDeletion));
    }

    [Theory]
    [InlineData("""{\"id\":1}""")]
    [InlineData("""{\"schema\":{},\"payload\":{\"id\":1}}""")]
    public void a_tombstone_of_nothing_but_a_key_is_a_deletion(string key)
    {
        Taken taken = Take(EnvelopeKind.Debezium, $$$"""{"_event":{"partition_key":"{{{key}}}"}}""");
        Assert.True(taken.Context.IsDeletion);
        Assert.StartsWith("""{"id":1,"_event":{""", taken.Record);
    }

    [Fact]
    public void an_empty_event_without_a_key_is_left_out() => Assert.Equal(StepVerdict.LeftOut, Take(EnvelopeKind.Debezium, """{"_event":{"partition_id":"0"}}""").Verdict);

    [Fact]
    public void what_the_transport_said_stays_with_the_row() =>
        Assert.Equal("""{"id":1,"_event":{"partition_id":"0"}}""", Take(EnvelopeKind.Debezium, $$$"""{"after":{"id":1},"source":{{{Source}}},"op":"c","_event":{"partition_id":"0"}}""").Record);

    [Theory]
    [InlineData("""{"before":null,"after":null,"source":{},"op":"t"}""", "op")]
    [InlineData("""{"after":null,"source":{},"op":"u"}""", "after")]
    [InlineData("""{"before":null,"source":{},"op":"d"}""", "before")]
    [InlineData("""{"after":{"id":1},"source":{},"op":"x"}""", "op")]
    [InlineData("""{"id":1}""", "op")]
    public void an_event_that_gives_no_row_is_set_aside_with_the_reason(string json, string path)
    {
        Taken taken = Take(EnvelopeKind.Debezium, json);
        Assert.Equal((StepVerdict.SetAside, "envelope", path), (taken.Verdict, taken.Rule, taken.Path));
    }

    [Theory]
    [InlineData("""{"file":"mysql-bin.000003","pos":154,"row":0}""", """{"file":"mysql-bin.000003","pos":1540,"row":0}""")]
    [InlineData("""{"file":"mysql-bin.000003","pos":1540}""", """{"file":"mysql-bin.000012","pos":4}""")]
    [InlineData("""{"file":"mysql-bin.000003","pos":154,"row":9}""", """{"file":"mysql-bin.000003","pos":154,"row":10}""")]
    [InlineData("""{"commit_lsn":"00000027:00000ac0:0002","change_lsn":"00000027:00000ac0:0001"}""", """{"commit_lsn":"00000027:00000ac0:0002","change_lsn":"00000027:00000ac0:0002"}""")]
    [InlineData("""{"scn":"99"}""", """{"scn":"100"}""")]
    [InlineData("""{"ts_ms":1770091506789,"ord":9}""", """{"ts_ms":1770091506789,"ord":10}""")]
    [InlineData("""{"ts_ms":1770091506789}""", """{"ts_us":1770091506789001}""")]
    public void versions_follow_the_log_of_the_source(string earlier, string later)
    {
        string Version(string source) => Take(EnvelopeKind.Debezium, $$"""{"after":{"id":1},"source":{{source}},"op":"u"}""").Context.Version!;
        Assert.True(CuratedVersion.Compare(Version(earlier), Version(later)) < 0);
    }

    [Fact]
    public void a_version_field_of_the_pipeline_comes_before_the_log() =>
        Assert.Null(Take(EnvelopeKind.Debezium, $$"""{"after":{"id":1},"source":{{Source}},"op":"c"}""", version: "updated_at").Context.Version);

    [Fact]
    public void a_cloud_event_that_came_as_plain_json_becomes_the_record_that_its_content_type_would_have_given() =>
        Assert.Equal(
            """{"total":9.90,"_event":{"specversion":"1.0","id":"1","source":"shop","type":"order","partition_id":"0"}}""",
            Take(EnvelopeKind.CloudEvents, """{"specversion":"1.0","id":"1","source":"shop","type":"order","data":{"total":9.90},"_event":{"partition_id":"0"}}""").Record);

    [Fact]
    public void what_was_to_be_a_cloud_event_and_is_not_is_set_aside() =>
        Assert.Equal("envelope", Take(EnvelopeKind.CloudEvents, """{"specversion":"1.0","id":"1","source":"shop","data":{}}""").Rule);

    [Fact]
    public void auto_looks_at_each_record()
    {
        Assert.Equal("""{"id":1}""", Take(EnvelopeKind.Auto, $$"""{"after":{"id":1},"before":null,"source":{{Source}},"op":"c"}""").Record);
        Assert.StartsWith("""{"a":1,"_event":""", Take(EnvelopeKind.Auto, """{"specversion":"1.0","id":"1","source":"s","type":"t","data":{"a":1}}""").Record);
        Assert.Equal("""{"op":"c","source":"web"}""", Take(EnvelopeKind.Auto, """{"op":"c","source":"web"}""").Record);
        Assert.Equal("""{"id":7}""", Take(EnvelopeKind.Auto, """{"id":7}""").Record);
    }

    [Fact]
    public void without_an_envelope_nothing_is_touched() => Assert.Equal("{not even json", Take(EnvelopeKind.None, "{not even json").Record);

    private sealed record Taken(StepVerdict Verdict, string Record, RecordContext Context, string? Rule, string? Path);

    private static Taken Take(EnvelopeKind kind, string json, string? version = null)
    {
        var stream = new PipelineStream { Name = "orders", Envelope = kind, Version = version, Reception = new Reception("orders", null) };
        var pipeline = new Pipeline { Name = "shop", Streams = [stream] };
        IRecordStepPlan plan = new EnvelopeStepSource().PlanAsync(pipeline, stream, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult()!;
        var flow = new RecordFlow([(StepPlace.Envelope, plan.Begin(new BlobContext(pipeline, stream, "blob", default, null)))]);
        StepVerdict verdict = flow.Run(1, Encoding.UTF8.GetBytes(json), out ReadOnlySpan<byte> record);
        return new Taken(verdict, Encoding.UTF8.GetString(record), flow.Context, flow.Violation?.Rule, flow.Violation?.Path);
    }
}
