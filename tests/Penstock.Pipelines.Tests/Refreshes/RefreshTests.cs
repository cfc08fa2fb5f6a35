using Penstock.Connectors.Streams;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Reading;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Refreshes;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Refreshes;

/// <summary>Deletions by full-refresh difference, from the runs to what is curated.</summary>
public class RefreshTests : RefreshFixture
{
    [Fact]
    public async Task a_record_that_a_complete_run_does_not_bring_any_more_is_deleted()
    {
        var world = World(Stream(Missing));
        await RunAsync(world);
        Assert.Equal(20, (await KeysAsync(world)).Count);
        world.Stream.Gone.UnionWith([3, 17]);
        await RunAsync(world);
        Assert.Equal(18, (await KeysAsync(world)).Count);
        Assert.DoesNotContain("3", await KeysAsync(world));
        Assert.Equal(2, (await LastRunAsync(world)).Refresh!.Gone);
        TransformEntry entry = (await EntriesAsync(world)).Single(one => GoneBlob.Is(one.Blob));
        Assert.Equal((2, 2, 0, 0), (entry.Read, entry.Curated, entry.Quarantined, entry.Filtered));
    }

    [Fact]
    public async Task without_the_choice_it_stays()
    {
        var world = World(Stream(null));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        Assert.Equal(20, (await KeysAsync(world)).Count);
    }

    [Fact]
    public async Task a_record_that_comes_back_is_there_again_though_its_version_is_the_old_one()
    {
        var world = World(Stream(Missing));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        world.Stream.Gone.Clear();
        await RunAsync(world);
        Assert.Contains("3", await KeysAsync(world));
    }

    [Fact]
    public async Task a_history_closes_the_row_when_the_run_began_that_missed_it()
    {
        var world = World(Stream(Missing) with { History = new(HistoryMode.Scd2) });
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        DateTimeOffset missedAt = (await LastRunAsync(world)).CreatedAt;
        string row = (await RowsAsync(world)).Single(text => text.StartsWith("""{"id":"3","updated":3,""", StringComparison.Ordinal));
        Assert.Contains($"\"valid_to\":\"{missedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)}", row, StringComparison.Ordinal);
        Assert.EndsWith("\"is_current\":false}", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_flagged_deletion_leaves_the_last_row()
    {
        var world = World(Stream(Missing with { Flags = true }));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        Assert.Equal("""{"id":"3","updated":3,"name":"record 3","is_deleted":true}""", (await RowsAsync(world)).Single(row => row.Contains("true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task a_run_of_which_a_slice_failed_deletes_nothing_and_the_next_complete_one_makes_up_for_it()
    {
        var world = World(Stream(Missing));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        world.Stream.Interruption = (slice, _) => slice.Window!.Start == "10" ? new ReadFailed(new SourceError(SourceErrorKind.Config, "broken")) : null;
        await RunAsync(world);
        Assert.Equal(RunStatus.Failed, (await LastRunAsync(world)).Status);
        Assert.Equal(20, (await KeysAsync(world)).Count);
        world.Stream.Interruption = (_, _) => null;
        world.Stream.Gone.Add(4);
        await RunAsync(world);
        Assert.Equal(18, (await KeysAsync(world)).Count);
    }

    [Theory]
    [InlineData(false, 20)]
    [InlineData(true, 0)]
    public async Task a_run_that_read_nothing_deletes_nothing_unless_the_source_may_be_empty(bool allowsEmpty, int left)
    {
        var world = World(Stream(Missing with { AllowsEmpty = allowsEmpty }));
        await RunAsync(world);
        world.Stream.Gone.UnionWith(Enumerable.Range(0, 20));
        await RunAsync(world);
        Assert.Equal(left, (await KeysAsync(world)).Count);
        Assert.Equal(!allowsEmpty, (await LastRunAsync(world)).Refresh!.Reason is not null);
    }

    [Fact]
    public async Task a_record_that_cannot_be_told_keeps_all_others_from_being_deleted()
    {
        var world = World(Stream(Missing));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        world.Stream.Text = n => n == 5 ? """{"name":"no key"}""" : $$"""{"id":"{{n}}","updated":{{n}},"name":"record {{n}}"}""";
        await RunAsync(world);
        Assert.Equal(20, (await KeysAsync(world)).Count);
        Assert.Contains("1 records of the run", (await LastRunAsync(world)).Refresh!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_record_that_breaks_its_contract_is_not_gone()
    {
        var world = World(Stream(Missing) with { Contract = Contract() });
        await RunAsync(world);
        world.Stream.Text = n => $$"""{"id":"{{n}}","updated":{{n}},"name":{{(n == 5 ? "5" : $"\"record {n}\"")}}}""";
        await RunAsync(world);
        Assert.Equal(20, (await KeysAsync(world)).Count);
    }

    [Fact]
    public async Task a_stream_that_reads_only_what_is_new_deletes_nothing_and_says_why()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20 });
        Use(world, Stream(Missing));
        await RunAsync(world);
        Assert.Contains("'updated'", (await LastRunAsync(world)).Refresh!.Reason, StringComparison.Ordinal);
        Assert.Equal(20, (await KeysAsync(world)).Count);
    }

    [Fact]
    public async Task a_hashed_key_is_found_gone_as_well()
    {
        var world = World(Stream(Missing) with { Mask = new([new PathMask("id", new HashValue()), new PathMask("name", new RedactValue())], MaskKeyVersions.Default) });
        world.Stores.Secrets.Set("mask-key", "a key that nobody can guess");
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        Assert.Equal(19, (await KeysAsync(world)).Count);
        Assert.All(await KeysAsync(world), key => Assert.StartsWith("h1.", key, StringComparison.Ordinal));
    }

    private static Contract Contract()
    {
        var problems = new List<DefinitionProblem>();
        Contract? contract = ContractFile.Read(
            "{apiVersion: v3.1.0, kind: DataContract, id: numbers, version: 1.0.0, status: active, schema: [{name: numbers, properties: [{name: id, logicalType: string}, {name: name, logicalType: string}]}]}",
            "numbers", new Problems("c.yaml", problems));
        Assert.Empty(problems);
        return contract!;
    }
}
