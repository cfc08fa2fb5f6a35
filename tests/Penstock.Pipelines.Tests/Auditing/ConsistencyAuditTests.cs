using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Auditing;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Retention;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Tests.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Auditing;

/// <summary>Each invariant is broken by hand, and the audit finds it, and nothing else.</summary>
public class ConsistencyAuditTests
{
    private readonly PenstockWorld _world = new();

    [Fact]
    public async Task what_is_whole_is_found_clean()
    {
        await RunAsync();
        AuditReport report = await AuditAsync(deep: true);
        Assert.Empty(report.Findings);
        Assert.True(report.IsClean && report.IsComplete);
        Assert.Equal((2L, 1L, 10L, 100L, 1L, 100L), (report.Checked.Streams, report.Checked.Runs, report.Checked.Slices, report.Checked.Records, report.Checked.Cursors, report.Checked.Compared));
    }

    [Fact]
    public async Task what_is_under_way_is_no_finding()
    {
        bool waits = true;
        _world.Stream.Interruption = (_, at) => waits && at >= 48 ? new Penstock.Connectors.Streams.ReadWaits(_world.Time.GetUtcNow().AddHours(3), "quota") : null;
        await _world.PlanAsync();
        await _world.WorkAsync();
        Assert.Empty((await AuditAsync(deep: true)).Findings);
        waits = false;
    }

    [Fact]
    public async Task a_raw_blob_that_is_gone_is_found()
    {
        await RunAsync();
        string blob = await FirstAsync("raw/");
        await _world.Stores.Blobs.DeleteAsync(blob);
        AuditFinding finding = (await AuditAsync()).Findings.First(finding => finding.IsBroken);
        Assert.Equal((AuditRules.RawMissing, blob), (finding.Rule, finding.Subject));
        Assert.Contains("but it isn't there", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_raw_blob_that_was_changed_is_found()
    {
        await RunAsync();
        string blob = await FirstAsync("raw/");
        await OverwriteAsync(blob, "short"u8.ToArray());
        await AssertFoundAsync(AuditRules.RawMissing, blob, "bytes");
    }

    [Fact]
    public async Task a_transform_that_was_never_made_is_found_and_its_message_sent_again()
    {
        await RunAsync();
        string blob = await FirstAsync("raw/");
        await _world.Stores.Blobs.DeleteAsync(TransformEntry.NameFor(blob));
        await AssertFoundAsync(AuditRules.NotTransformed, blob, "was never transformed");
        Assert.Equal("sent its transform again", Assert.Single((await AuditAsync(repair: true)).Findings).Repair);
        await _world.WorkAsync();
        Assert.Empty((await AuditAsync()).Findings);
    }

    [Fact]
    public async Task counts_that_do_not_balance_are_found()
    {
        await RunAsync();
        string blob = await FirstAsync("raw/");
        await _world.Get<DocumentStore>().ChangeAsync<TransformEntry>(TransformEntry.NameFor(blob), entry => entry! with { Curated = entry.Curated - 1 });
        await AssertFoundAsync(AuditRules.Counts, blob, "1 are missing");
    }

    [Fact]
    public async Task fewer_records_read_than_landed_are_found()
    {
        await RunAsync();
        string blob = await FirstAsync("raw/");
        await _world.Get<DocumentStore>().ChangeAsync<TransformEntry>(TransformEntry.NameFor(blob), entry => entry! with { Read = entry.Read - 1, Curated = entry.Curated - 1 });
        await AssertFoundAsync(AuditRules.Counts, blob, "were landed, but");
    }

    [Fact]
    public async Task a_slice_whose_counts_differ_from_its_blobs_is_found()
    {
        await RunAsync();
        string slice = await ChangeSliceAsync(slice => slice with { Records = slice.Records + 5 });
        await AssertFoundAsync(AuditRules.Counts, slice, "the slice says");
    }

    [Fact]
    public async Task an_outbox_that_is_stuck_is_found_and_sent()
    {
        await RunAsync();
        string slice = await ChangeSliceAsync(slice => slice with { Outbox = [slice.Blobs[0].Name] });
        await AssertFoundAsync(AuditRules.Outbox, slice, "were not sent since");
        Assert.Equal("sent 1 transforms again", Assert.Single((await AuditAsync(repair: true)).Findings).Repair);
        Assert.Empty((await AuditAsync()).Findings);
        Assert.Equal(1, await _world.Stores.Queue.CountAsync(QueueNames.Transform));
    }

    [Fact]
    public async Task a_slice_whose_reader_died_and_whose_message_is_lost_is_found_and_read_on()
    {
        await _world.PlanAsync();
        foreach (WorkItem item in await _world.Stores.Queue.ReceiveAsync(QueueNames.Extract, 1, TimeSpan.FromMinutes(1)))
            await _world.Stores.Queue.CompleteAsync(item);
        ExtractMessage lost = new("sample", "numbers", await RunIdAsync(), 0, 0);
        SliceTaking taking = await _world.Get<SliceBook>().TakeAsync((await _world.Get<RunBook>().FindAsync("sample", "numbers", lost.Run))!.Value, lost);
        Assert.IsType<SliceTaken>(taking);
        await _world.WorkAsync();
        string slice = RunNames.Slice("sample", "numbers", lost.Run, 0);
        _world.Time.Advance(TimeSpan.FromHours(1));
        AuditFinding finding = Assert.Single((await AuditAsync(repair: true)).Findings);
        Assert.Equal((AuditRules.Lease, slice, "sent its extract message again"), (finding.Rule, finding.Subject, finding.Repair));
        await _world.WorkAsync();
        Assert.Empty((await AuditAsync()).Findings);
    }

    [Fact]
    public async Task a_run_that_claims_more_than_is_landed_is_found()
    {
        await RunAsync();
        string run = RunNames.Run("sample", "numbers", await RunIdAsync());
        await _world.Get<DocumentStore>().ChangeAsync<Run>(run, known => known! with { Slices = known.Slices + 1 });
        await AssertFoundAsync(AuditRules.Run, run, "only 10 of its 11 slices are landed");
    }

    [Fact]
    public async Task a_stream_that_waits_for_a_run_that_is_gone_is_found()
    {
        await RunAsync();
        string stream = RunNames.Stream("sample", "numbers");
        DateTimeOffset since = _world.Time.GetUtcNow().AddHours(-1);
        await _world.Get<DocumentStore>().ChangeAsync<StreamDocument>(stream, known => known! with { ActiveRun = "20200101T000000Z", ActiveSince = since });
        await AssertFoundAsync(AuditRules.Run, stream, "isn't there");
    }

    [Fact]
    public async Task a_cursor_ahead_of_what_is_landed_is_found()
    {
        await RunAsync();
        string shard = await FirstAsync("state/cursors/");
        string text = Encoding.UTF8.GetString((await _world.Stores.Blobs.GetAsync(shard))!.Content.Span);
        await OverwriteAsync(shard, Encoding.UTF8.GetBytes(text.Replace("99", "999", StringComparison.Ordinal).Replace("100", "1000", StringComparison.Ordinal)));
        await AssertFoundAsync(AuditRules.Cursor, shard, "but the landed windows take it to");
    }

    [Fact]
    public async Task what_a_stream_keeps_no_longer_is_no_loss()
    {
        await RunAsync();
        Pipeline pipeline = _world.Pipelines.Pipeline;
        _world.Pipelines.Pipeline = pipeline with { Streams = [.. pipeline.Streams.Select(stream => stream with { Retention = new StreamRetention(Raw: new RetentionPeriod(30, 'D'), Curated: new RetentionPeriod(30, 'D')) })] };
        string blob = await FirstAsync("raw/sample/numbers/");
        await _world.Stores.Blobs.DeleteAsync(blob);
        Assert.NotEmpty((await AuditAsync()).Findings);
        _world.Time.Advance(TimeSpan.FromDays(31));
        Assert.DoesNotContain((await AuditAsync(deep: true)).Findings, finding => finding.Rule == AuditRules.RawMissing);
    }

    [Fact]
    public async Task a_raw_blob_that_was_transformed_but_that_no_slice_names_is_found()
    {
        await RunAsync();
        string raw = await FirstAsync("raw/");
        string slice = await ChangeSliceAsync(slice => slice with { Blobs = [], Records = 0 }, SliceBlobName.Parse(raw)!.Value.Slice);
        await AssertFoundAsync(AuditRules.RawUnnamed, raw, $"the slice {slice} doesn't name it");
    }

    [Fact]
    public async Task what_a_dead_attempt_left_is_a_note_once_it_should_have_been_deleted()
    {
        await RunAsync();
        string raw = await FirstAsync("raw/");
        string orphan = raw.Replace(raw.Split('-')[^2], "dead.attempt", StringComparison.Ordinal);
        await _world.Stores.Blobs.PutIfAbsentAsync(orphan, "x"u8.ToArray());
        Assert.Empty((await AuditAsync()).Findings);
        _world.Time.Advance(TimeSpan.FromDays(4));
        AuditReport report = await AuditAsync();
        Assert.DoesNotContain((await AuditAsync(deep: true)).Findings, finding => finding.IsBroken);
        Assert.Equal((AuditRules.RawOrphan, orphan, false), (report.Findings[0].Rule, report.Findings[0].Subject, report.Findings[0].IsBroken));
        Assert.True(report.IsClean);
    }

    [Fact]
    public async Task a_received_blob_that_was_never_transformed_is_found()
    {
        string blob = RawNames.Name("sample", "orders", _world.Time.GetUtcNow(), "received");
        await _world.Stores.Blobs.PutIfAbsentAsync(blob, "x"u8.ToArray());
        Assert.Empty((await AuditAsync()).Findings);
        _world.Time.Advance(TimeSpan.FromHours(1));
        await AssertFoundAsync(AuditRules.NotTransformed, blob, "never transformed");
    }

    [Fact]
    public async Task a_curated_record_that_is_gone_or_changed_is_found_by_a_deep_audit()
    {
        await RunAsync();
        var table = new CuratedTable("sample", "numbers");
        CuratedRecord[] records = await _world.Stores.Curated.ReadAsync(table).Take(2).ToArrayAsync();
        await _world.Stores.Curated.DeleteAsync(table, [records[0].Key, records[1].Key]);
        await _world.Stores.Curated.UpsertAsync(table, [records[1] with { Json = """{"id":1,"name":"forged"}"""u8.ToArray() }]);
        Assert.Empty((await AuditAsync()).Findings);
        AuditReport report = await AuditAsync(deep: true);
        Assert.Equal([AuditRules.Curated, AuditRules.Curated], report.Findings.Select(finding => finding.Rule));
        Assert.Contains(report.Findings, finding => finding.Message.Contains("isn't curated", StringComparison.Ordinal));
        Assert.Contains(report.Findings, finding => finding.Message.Contains("curated otherwise than raw gives it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_stream_that_cannot_be_opened_is_a_note()
    {
        await RunAsync();
        _world.Pipelines.Unavailable = new Penstock.Pipelines.Definitions.StreamUnavailable([]);
        AuditReport report = await AuditAsync();
        Assert.Equal((AuditRules.Unchecked, true), (Assert.Single(report.Findings).Rule, report.IsClean));
    }

    [Fact]
    public async Task an_audit_whose_time_is_over_says_so()
    {
        await RunAsync();
        AuditReport report = await _world.Get<ConsistencyAudit>().RunAsync(new AuditOptions { Deadline = _world.Time.GetUtcNow().AddSeconds(-1) });
        Assert.False(report.IsComplete);
    }

    private Task RunAsync() => PipelineTests.RunOnceAsync(_world);

    private async Task<AuditReport> AuditAsync(bool deep = false, bool repair = false) =>
        await _world.Get<ConsistencyAudit>().RunAsync(new AuditOptions { Deep = deep, Repair = repair });

    private async Task AssertFoundAsync(string rule, string subject, string part)
    {
        _world.Time.Advance(TimeSpan.FromHours(1));
        AuditReport report = await AuditAsync();
        AuditFinding finding = Assert.Single(report.Findings);
        Assert.Equal((rule, subject, true), (finding.Rule, finding.Subject, finding.IsBroken));
        Assert.Contains(part, finding.Message, StringComparison.Ordinal);
        Assert.False(report.IsClean);
    }

    private async Task<string> FirstAsync(string prefix) => (await _world.Stores.Blobs.ListAsync(prefix).FirstAsync()).Name;

    private async Task<string> RunIdAsync() => (await _world.Get<RunLedger>().ListAsync("sample", "numbers").FirstAsync()).Id;

    private async Task<string> ChangeSliceAsync(Func<SliceDocument, SliceDocument> change, int ordinal = 0)
    {
        string name = RunNames.Slice("sample", "numbers", await RunIdAsync(), ordinal);
        await _world.Get<DocumentStore>().ChangeAsync<SliceDocument>(name, slice => change(slice!));
        return name;
    }

    private async Task OverwriteAsync(string name, byte[] content)
    {
        string etag = (await _world.Stores.Blobs.GetAsync(name))!.ETag;
        await _world.Stores.Blobs.PutIfMatchAsync(name, content, etag);
    }
}
