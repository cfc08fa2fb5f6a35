using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Watching;

/// <summary>The contract's rules about sets, judged for what a run brought: many raw blobs.</summary>
public class RunSetTests
{
    private const string Unique = "{name: id}, {name: updated}, {name: email, unique: true}";

    // Two records a blob, five blobs a run.
    private readonly PenstockWorld _world = new(new ScriptedStream { Count = 10, WindowSize = 2, PageSize = 2 });

    [Fact]
    public async Task a_value_that_two_blobs_of_one_run_have_is_a_duplicate_and_over_when_a_run_is_without()
    {
        Use(Unique);
        _world.Stream.Text = n => Record(n, n is 0 or 9 ? "twice" : $"{n}");
        Assert.Contains(await MinutesAsync(2), line => line.StartsWith("ALERT quality sample/numbers: email.unique: 1 records, must be 0, in the run 2026", StringComparison.Ordinal));
        _world.Stream.Count = 20;
        Assert.Contains("over: quality sample/numbers", await MinutesAsync(2));
    }

    [Fact]
    public async Task versions_of_one_record_in_two_blobs_of_a_run_are_no_duplicates()
    {
        Use(Unique);
        _world.Stream.Text = n => $$"""{"id":"{{n % 5}}","updated":{{n}},"email":"{{n % 5}}"}""";
        Assert.DoesNotContain(await MinutesAsync(2), IsQuality);
        Assert.Contains(await QualityAsync(), record => record.Contains("\"read\":10,\"rows\":10,\"rule:email.unique\":0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_share_is_of_all_that_the_run_brought_not_of_its_worst_blob()
    {
        const string Nulls = "{name: id}, {name: city, quality: [{id: cities, metric: nullValues, mustBeLessThan: LIMIT, unit: percent, severity: warning}]}";
        _world.Stream.Text = n => n < 2 ? $$"""{"id":"{{n}}","updated":{{n}}}""" : $$"""{"id":"{{n}}","updated":{{n}},"city":"Graz"}""";
        Use(Nulls.Replace("LIMIT", "25", StringComparison.Ordinal));
        Assert.DoesNotContain(await MinutesAsync(2), IsQuality);
        Use(Nulls.Replace("LIMIT", "20", StringComparison.Ordinal));
        Assert.Contains(await MinutesAsync(1), line => line.StartsWith("ALERT quality sample/numbers: cities: 20 %, must be less than 20, in the run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task runs_that_read_the_whole_stream_have_a_row_count_of_their_own()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 10, WindowSize = 2, PageSize = 2, ReadsWhole = true });
        Use(world, "{name: id}", "{metric: rowCount, mustBeGreaterOrEqualTo: 10}");
        Assert.DoesNotContain(await MinutesAsync(world, 2), IsQuality);
        world.Stream.Count = 4;
        Assert.Contains(await MinutesAsync(world, 2), line => line.StartsWith("ALERT quality sample/numbers: rowCount: 4 records, must be 10 or more, in the run", StringComparison.Ordinal));
        world.Stream.Count = 0;
        await MinutesAsync(world, 2);
        world.Stream.Count = 12;
        Assert.Contains("over: quality sample/numbers", await MinutesAsync(world, 2));
    }

    [Fact]
    public async Task a_transform_that_is_done_twice_counts_once_and_what_is_kept_meanwhile_says_nothing_of_values_and_goes()
    {
        var kept = new Dictionary<string, string>();
        int transforms = 0;
        // The worker dies after the set is put, and before the ledger knows of it.
        var world = new PenstockWorld(new ScriptedStream { Count = 10, WindowSize = 2, PageSize = 2 }, crash: what =>
            what.StartsWith("before", StringComparison.Ordinal) && what.Contains(" put ledger/transforms/sample/numbers/", StringComparison.Ordinal) && ++transforms == 3);
        Use(world, Unique);
        world.Stream.Text = n => Record(n, n is 0 or 9 ? "twice@example.com" : $"{n}@example.com");
        await world.PlanAsync();
        await world.WorkAsync();
        await foreach (BlobEntry blob in world.Stores.Blobs.ListAsync("ledger/sets/sample/numbers/"))
            kept[blob.Name] = Encoding.UTF8.GetString((await world.Stores.Blobs.GetAsync(blob.Name))!.Content.Span);
        Assert.Equal(6, kept.Count);
        Assert.DoesNotContain(kept.Values, text => text.Contains("example", StringComparison.Ordinal) || text.Contains("twice", StringComparison.Ordinal));
        Assert.Equal(1, world.Faults.Crashes);

        Assert.Contains(await MinutesAsync(world, 10), line => line.StartsWith("ALERT quality sample/numbers: email.unique: 1 records", StringComparison.Ordinal));
        Assert.Contains(await QualityAsync(world), record => record.Contains("\"read\":10,\"rows\":10,\"rule:email.unique\":1", StringComparison.Ordinal));
        Assert.Empty(await world.Stores.Blobs.ListAsync("ledger/sets/").ToListAsync());
    }

    [Fact]
    public async Task a_backfill_is_told_as_data_and_not_judged_and_what_nobody_has_summed_up_is_gone_after_a_day()
    {
        Use(Unique);
        _world.Stream.Text = n => Record(n, $"{n}");
        await MinutesAsync(2);
        _world.Stream.Text = n => Record(n, "same");
        await _world.Get<RunBook>().BeginAsync(new Run { Id = "b1", Pipeline = "sample", Stream = "numbers", Kind = RunKind.Backfill, CreatedAt = _world.Time.GetUtcNow(), Window = new BackfillWindow(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(10)) });
        Assert.DoesNotContain(await MinutesAsync(3), IsQuality);
        Assert.Contains("\"email\":\"same\"", await _world.CuratedAsync());
        Assert.Contains(await QualityAsync(), record => record.Contains("\"blob\":\"sample/numbers/b1\"", StringComparison.Ordinal) && record.Contains("\"rule:email.unique\":9", StringComparison.Ordinal));
        _world.Stream.Text = n => Record(n, $"{n}");
        _world.Stream.Count += 10;
        _world.Time.Advance(TimeSpan.FromHours(25));
        Assert.DoesNotContain(await MinutesAsync(2), IsQuality);
        Assert.Empty(await _world.Stores.Blobs.ListAsync("ledger/sets/").ToListAsync());
    }

    [Fact]
    public async Task a_run_that_a_later_one_has_overtaken_is_told_as_data_and_the_later_one_is_judged()
    {
        Use(Unique);
        _world.Stream.Text = n => Record(n, "same");
        await _world.PlanAsync();
        await _world.WorkAsync();
        _world.Stream.Text = n => Record(n, $"{n}");
        _world.Stream.Count += 10;
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.PlanAsync();
        await _world.WorkAsync();
        // The later one is summed up first.
        var runs = await _world.Get<Penstock.Pipelines.Ledger.RunLedger>().ListAsync("sample", "numbers").OrderByDescending(run => run.CreatedAt).ToListAsync();
        foreach (Run run in runs)
            Assert.Equal(run == runs[0] ? 0 : 9, (await _world.Get<Penstock.Pipelines.Quality.Sets.SetSummer>().SumAsync(run))!.Rules["email.unique"]);
        Assert.DoesNotContain(await MinutesAsync(1), IsQuality);
        Assert.Contains(await QualityAsync(), record => record.Contains("\"rule:email.unique\":9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task the_same_values_are_sealed_differently_in_every_run()
    {
        Use(Unique);
        _world.Stream.Text = n => Record(n, "same");
        var seen = new HashSet<string>();
        for (int run = 0; run < 2; run++)
        {
            await _world.PlanAsync();
            await _world.WorkAsync();
            await foreach (BlobEntry blob in _world.Stores.Blobs.ListAsync("ledger/sets/sample/numbers/"))
            {
                if (blob.Name.EndsWith("key", StringComparison.Ordinal))
                    Assert.True(seen.Add(Convert.ToHexString((await _world.Stores.Blobs.GetAsync(blob.Name))!.Content.Span)));
            }

            await _world.Get<WatchStage>().RunAsync();
            _world.Stream.Count += 10;
            _world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, seen.Count);
    }

    private static string Record(int n, string email) => $$"""{"id":"{{n}}","updated":{{n}},"email":"{{email}}"}""";

    private static bool IsQuality(string line) => line.StartsWith("ALERT quality", StringComparison.Ordinal);

    private void Use(string properties) => Use(_world, properties);

    private static void Use(PenstockWorld world, string properties, string quality = "") => world.Pipelines.Pipeline = world.Pipelines.Pipeline with
    {
        Streams = [world.Pipelines.Pipeline.Streams[0] with { Contract = MonitorFixture.Contract(properties, quality) }],
    };

    private Task<IReadOnlyList<string>> MinutesAsync(int minutes) => MinutesAsync(_world, minutes);

    private static async Task<IReadOnlyList<string>> MinutesAsync(PenstockWorld world, int minutes)
    {
        var found = new List<string>();
        for (int minute = 0; minute < minutes; minute++)
        {
            await world.PlanAsync();
            await world.WorkAsync();
            found.AddRange(await world.Get<WatchStage>().RunAsync());
            await world.WorkAsync();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        return found;
    }

    private Task<List<string>> QualityAsync() => QualityAsync(_world);

    private static async Task<List<string>> QualityAsync(PenstockWorld world) =>
        await world.Stores.Curated.ReadAsync(new CuratedTable(SystemPipeline.Name, SystemPipeline.QualityStream)).Select(record => Encoding.UTF8.GetString(record.Json.Span)).ToListAsync();
}
