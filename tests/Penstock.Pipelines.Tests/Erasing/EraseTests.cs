using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Subjects;

namespace Penstock.Pipelines.Tests.Erasing;

public class EraseTests
{
    private readonly ErasureWorld _world = new();

    [Fact]
    public async Task a_subject_is_gone_from_every_store_and_its_neighbours_are_not()
    {
        await _world.FillAsync();
        await _world.World.WorkAsync();
        Assert.NotEmpty(await _world.FindAsync(ErasureWorld.Ada));
        Erasure erasure = await _world.EraseAsync();
        Assert.Equal(ErasureStatus.Completed, erasure.Status);
        Assert.Empty(await _world.FindAsync(ErasureWorld.Ada, "for Ada", "h1.XXX"));
        string curated = await _world.CuratedAsync();
        Assert.Equal(3, curated.Split('\n').Length);
        Assert.Contains("bob@example.com", curated);
    }

    [Fact]
    public async Task the_report_says_where_it_was_found_and_what_was_done_without_a_name()
    {
        await _world.FillAsync();
        await _world.World.WorkAsync();
        Erasure erasure = await _world.EraseAsync();
        Assert.Equal(
            [new("curated", "removed", 3, 3), new("lake", "removed", 3, 3), new("messages", "removed", 1, 1), new("quarantine", "removed", 1, 1), new("raw", "erased", 4, 3)],
            erasure.Counts!);
        Assert.Equal(["sample/customers", "sample/orders"], erasure.Searched);
        Assert.Empty(erasure.NotSearched);
        Assert.Equal(2, erasure.Sweep);
        await foreach (ErasureFinding finding in _world.World.Get<ErasureBook>().FindingsAsync(erasure.Id))
            Assert.True(finding.Store != "raw" || (finding.Before?.Length == 64 && finding.After?.Length == 64 && finding.Before != finding.After));
    }

    [Fact]
    public async Task counts_balance_afterwards_and_say_how_many_were_erased()
    {
        await _world.FillAsync();
        await _world.World.WorkAsync();
        await _world.EraseAsync();
        IReadOnlyList<TransformEntry> entries = await _world.EntriesAsync();
        Assert.All(entries, entry => Assert.True(entry.Balances));
        Assert.Equal([(2, 1, 0, 1, 1), (4, 1, 1, 2, 2), (2, 1, 0, 1, 1)], entries.Select(Counts));
        await _world.ReplayAsync();
        Assert.Equal([(2, 1, 0, 1, 1), (4, 1, 1, 2, 2), (2, 1, 0, 1, 1)], (await _world.EntriesAsync()).Select(Counts));
    }

    [Fact]
    public async Task neither_a_replay_nor_a_late_delivery_brings_it_back()
    {
        await _world.FillAsync();
        await _world.World.WorkAsync();
        await _world.EraseAsync();
        string curated = await _world.CuratedAsync();
        await _world.ReplayAsync();
        Assert.Equal(curated, await _world.CuratedAsync());
        await _world.FillAsync();
        await _world.ReceiveAsync("customers", """{"email":" Ada@EXAMPLE.com ","updated":"2030-01-01T00:00:00Z"}""");
        await _world.WorkAsync();
        Assert.DoesNotContain(await _world.FindAsync(ErasureWorld.Ada), place => !place.StartsWith("ledger/deadletters/", StringComparison.Ordinal));
        Assert.Equal(3, (await _world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task what_was_landed_and_not_transformed_yet_is_erased_too()
    {
        await _world.FillAsync();
        Erasure erasure = await _world.EraseAsync();
        Assert.Equal(ErasureStatus.Completed, erasure.Status);
        Assert.Empty(await _world.FindAsync(ErasureWorld.Ada));
        Assert.All(await _world.EntriesAsync(), entry => Assert.True(entry.Balances));
    }

    [Fact]
    public async Task the_same_subject_twice_is_one_erasure_and_another_key_begins_another()
    {
        await _world.FillAsync();
        await _world.World.WorkAsync();
        Erasure first = await _world.EraseAsync();
        Assert.Equal(first.Counts, (await _world.EraseAsync(" ADA@example.com")).Counts);
        Assert.Equal(first.Id, (await _world.BeginAsync()).Id);
        Erasure second = await _world.EraseAsync(key: "once more");
        Assert.NotEqual(first.Id, second.Id);
        Assert.Empty(second.Counts!);
    }

    [Fact]
    public async Task a_subject_nobody_knows_is_erased_with_nothing_found()
    {
        await _world.FillAsync();
        await _world.World.WorkAsync();
        Assert.Empty((await _world.EraseAsync("nobody@example.com")).Counts!);
    }

    [Fact]
    public async Task a_name_of_an_unknown_kind_or_none_at_all_is_refused()
    {
        var desk = _world.World.Get<ErasureDesk>();
        Assert.Contains("There are: customer, email", Assert.IsType<ErasureInvalid>(await desk.BeginAsync([new SubjectName("phone", "1")])).Reason);
        Assert.IsType<ErasureInvalid>(await desk.BeginAsync([new SubjectName("email", " ")]));
        Assert.IsType<ErasureInvalid>(await desk.BeginAsync([]));
        _world.World.Stores.Secrets.Set("subject-key", null);
        Assert.Contains("There is no secret 'subject-key'", Assert.IsType<ErasureRefused>(await desk.BeginAsync([new SubjectName("email", "a@b.c")])).Reason);
    }

    [Fact]
    public async Task a_broken_pipeline_is_named_instead_of_saying_that_nobody_has_such_names()
    {
        _world.World.Pipelines.Broken = new BrokenPipeline("sample", [new DefinitionProblem("sample/pipeline.yaml", 4, "streams", "It is wrong.", "Mend it.")]);
        string reason = Assert.IsType<ErasureRefused>(await _world.World.Get<ErasureDesk>().BeginAsync([new SubjectName("email", "a@b.c")])).Reason;
        Assert.StartsWith("The pipeline 'sample' is broken, so nobody knows where it has names.", reason);
        Assert.Contains("sample/pipeline.yaml:4: streams: It is wrong.", reason);
    }

    [Fact]
    public async Task who_has_come_back_is_accepted_where_the_stream_says_so()
    {
        var world = new ErasureWorld(returning: ReturningSubject.Accept);
        await world.FillAsync();
        await world.World.WorkAsync();
        await world.EraseAsync();
        await world.ReceiveAsync(
            "customers",
            $$"""{"email":"{{ErasureWorld.Ada}}","updated":"2026-01-01T00:00:00Z","name":"late"}""",
            $$"""{"email":"{{ErasureWorld.Ada}}","updated":"2099-01-01T00:00:00Z","name":"back"}""");
        await world.WorkAsync();
        Assert.Contains("back", await world.World.CuratedAsync("customers"));
        Assert.Empty(await world.FindAsync("late"));
    }

    [Fact]
    public async Task a_record_whose_row_is_somebody_elses_by_now_leaves_the_row_alone()
    {
        await _world.ReceiveAsync("orders", $$"""{"id":1,"updated":"2026-01-01T00:00:00Z","customer":{"email":"{{ErasureWorld.Ada}}"},"n":1}""");
        await _world.ReceiveAsync("orders", """{"id":1,"updated":"2026-01-02T00:00:00Z","customer":{"email":"bob@example.com"},"n":1}""");
        await _world.World.WorkAsync();
        string before = await _world.CuratedAsync();
        await _world.EraseAsync();
        Assert.Equal(before, await _world.CuratedAsync());
        await _world.ReplayAsync();
        Assert.Equal(before, await _world.CuratedAsync());
    }

    [Fact]
    public async Task a_lost_message_is_sent_again_by_watch()
    {
        await _world.FillAsync();
        Erasure erasure = await _world.BeginAsync();
        var item = Assert.Single(await _world.World.Stores.Queue.ReceiveAsync("erase", 1, TimeSpan.FromMinutes(1)));
        await _world.World.Stores.Queue.CompleteAsync(item);
        await _world.WorkAsync();
        Assert.Equal(ErasureStatus.Completed, (await _world.World.Get<ErasureBook>().FindAsync(erasure.Id))!.Status);
    }

    [Fact]
    public async Task it_stops_before_the_time_limit_and_goes_on_where_it_was()
    {
        await _world.FillAsync();
        await _world.World.WorkAsync();
        Erasure erasure = await _world.BeginAsync();
        var deferred = Assert.IsType<EraseDeferred>(await _world.World.Get<EraseStage>().RunAsync(new(erasure.Id), _world.World.Time.GetUtcNow()));
        Assert.Equal("The time limit is near.", deferred.Reason);
        await _world.WorkAsync();
        Assert.Equal(ErasureStatus.Completed, (await _world.World.Get<ErasureBook>().FindAsync(erasure.Id))!.Status);
        Assert.Empty(await _world.FindAsync(ErasureWorld.Ada));
    }

    private static (long, long, long, long, long) Counts(TransformEntry entry) => (entry.Read, entry.Curated, entry.Quarantined, entry.Filtered, entry.Erased);
}
