using Penstock.Connectors.Streams;
using Penstock.Pipelines.Auditing;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Tests.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Auditing;

/// <summary>Cursors that an operator has set are followed from there.</summary>
public class SetCursorAuditTests
{
    private readonly PenstockWorld _world = new();

    [Fact]
    public async Task a_cursor_that_was_set_is_where_it_must_be()
    {
        await PipelineTests.RunOnceAsync(_world);
        await SetAsync("7");
        AuditReport report = await AuditAsync();
        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Checked.Cursors);
    }

    [Fact]
    public async Task it_moves_on_from_there_with_the_runs_that_come_after()
    {
        await PipelineTests.RunOnceAsync(_world);
        await SetAsync("7");
        _world.Time.Advance(TimeSpan.FromDays(1));
        await PipelineTests.RunOnceAsync(_world);
        AuditReport report = await AuditAsync();
        Assert.Empty(report.Findings);
        Assert.Equal(2, report.Checked.Runs);
    }

    [Fact]
    public async Task one_that_something_else_has_moved_since_is_found()
    {
        await PipelineTests.RunOnceAsync(_world);
        await SetAsync("7");
        await _world.Get<DocumentStore>().ChangeAsync<CursorShard>(
            (await _world.Stores.Blobs.ListAsync("state/cursors/").FirstAsync()).Name, shard => shard!.With([new(StreamSlice.NoPartition, """{"updated":70}""")]));
        AuditFinding finding = Assert.Single((await AuditAsync()).Findings);
        Assert.Equal((AuditRules.Cursor, true), (finding.Rule, finding.IsBroken));
        Assert.Contains("from where an operator set it", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_stream_that_was_reset_begins_anew()
    {
        await PipelineTests.RunOnceAsync(_world);
        await _world.Get<StateBook>().SetAsync("sample", "numbers", new Dictionary<string, string>(), etag: null, isForced: false);
        Assert.Empty((await AuditAsync()).Findings);
        _world.Time.Advance(TimeSpan.FromDays(1));
        await PipelineTests.RunOnceAsync(_world);
        Assert.Empty((await AuditAsync()).Findings);
    }

    [Fact]
    public async Task one_that_was_set_while_a_run_went_on_is_a_note_until_it_is_set_again()
    {
        await _world.PlanAsync();
        await SetAsync("7", isForced: true);
        await _world.RunUntilQuietAsync();
        AuditReport report = await AuditAsync();
        Assert.True(report.IsClean);
        AuditFinding note = Assert.Single(report.Findings);
        Assert.Equal(AuditRules.Unchecked, note.Rule);
        Assert.Contains("while a run went on", note.Message, StringComparison.Ordinal);
        await SetAsync("7");
        Assert.Empty((await AuditAsync()).Findings);
    }

    [Fact]
    public async Task a_wish_that_was_refused_changes_nothing()
    {
        await PipelineTests.RunOnceAsync(_world);
        Assert.IsType<StateChanged>(await _world.Get<StateBook>().SetAsync("sample", "numbers", new Dictionary<string, string>(), etag: "another", isForced: false));
        var stream = await _world.Get<DocumentStore>().FindAsync<StreamDocument>(RunNames.Stream("sample", "numbers"));
        Assert.Null(stream!.Value.EditedAt);
        Assert.Null(stream.Value.EditedUntil);
    }

    [Fact]
    public void a_run_of_a_later_part_of_a_second_is_the_later_one()
    {
        Assert.True(RunBook.IsLater("20260101T000000.5Z", "20260101T000000Z"));
        Assert.False(RunBook.IsLater("20260101T000000Z", "20260101T000000.5Z"));
        Assert.False(RunBook.IsLater("20260101T000000Z", "20260101T000000Z"));
        Assert.True(RunBook.IsLater("20260101T000000Z", null));
    }

    private async Task SetAsync(string cursor, bool isForced = false) => Assert.IsType<StateSet>(await _world.Get<StateBook>().SetAsync(
        "sample", "numbers", new Dictionary<string, string> { [StreamSlice.NoPartition] = $$"""{"updated":{{cursor}}}""" }, etag: null, isForced));

    private async Task<AuditReport> AuditAsync() => await _world.Get<ConsistencyAudit>().RunAsync(new AuditOptions());
}
