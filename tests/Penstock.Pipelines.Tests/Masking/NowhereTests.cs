using Penstock.Connectors.Streams;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Transforming;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Masking;

/// <summary>Everything at once – contract, quarantine, history, deletions by difference, lake files, replays, alerts –, and a look at every byte.</summary>
public class NowhereTests
{
    private const string Secret = "S3CR3T";

    [Theory]
    [InlineData(HistoryMode.Latest, 1)]
    [InlineData(HistoryMode.Append, 2)]
    [InlineData(HistoryMode.Scd2, 3)]
    [InlineData(HistoryMode.Scd2, 4)]
    public async Task what_is_masked_is_in_raw_and_nowhere_else_and_every_record_is_counted(HistoryMode history, int seed)
    {
        var chance = new Random(seed);
        var logs = new RecordedLogs();
        var world = new PenstockWorld(
            new ScriptedStream { Count = 20, ReadsWhole = true },
            services: logs.AddTo);
        world.Stores.Secrets.Set("mask-key", "a key that nobody can guess");
        MaskRule[] rules = [new RedactValue(), new HashValue(), new PartialValue(PartialKind.Text, 1, 1), new DropValue(), new HashValue(IgnoreCase: true)];
        var stream = new PipelineStream
        {
            Name = "numbers", Key = ["id"], Version = "updated", History = new(history), Deletes = new(Missing: true), Outputs = new(Lake: LakePartition.Day),
            Contract = new Contract("numbers", "1.0.0", [new ContractProperty { Name = "n", Type = LogicalType.Integer }, new ContractProperty { Name = "name", Type = LogicalType.String }]),
            // A value that breaks the contract is masked in quarantine, too.
            Mask = new StreamMask([new("id", new HashValue()), new("n", new HashValue()), new("name", rules[chance.Next(rules.Length)]), new("contact.email", rules[chance.Next(rules.Length)])], MaskKeyVersions.Default),
        };
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null, Streams = [stream] };
        world.Stream.Text = n => $$$"""
            {"id":"{{{Secret}}}-{{{n}}}","updated":{{{chance.Next(9)}}},"n":{{{(chance.Next(8) == 0 ? $"\"{Secret}\"" : $"{n}")}}},"name":"{{{Secret}}} name {{{n}}}","contact":{"email":"{{{Secret}}}.{{{n}}}@example.com"}}
            """;
        for (int run = 0; run < 5; run++)
        {
            world.Stream.Gone.Clear();
            world.Stream.Gone.UnionWith(Enumerable.Range(0, 20).Where(_ => chance.Next(4) == 0));
            bool fails = chance.Next(4) == 0;
            world.Stream.Interruption = (slice, _) => fails && slice.Window!.Start == "10" ? new ReadFailed(new SourceError(SourceErrorKind.Config, "broken")) : null;
            world.Time.Advance(TimeSpan.FromHours(1));
            await world.Get<RunBook>().BeginIncrementalAsync("sample", "numbers", world.Time.GetUtcNow());
            await world.RunUntilQuietAsync();
            await world.Get<WatchStage>().RunAsync();
        }

        await world.Get<QuarantineDesk>().ReplayAsync(new QuarantineFilter("sample", "numbers"));
        await world.Get<ReplayBook>().StartAsync(new ReplayFilter("sample", ["numbers"]), null);
        await world.RunUntilQuietAsync();

        IReadOnlyList<string> found = await EveryByte.FindAsync(world.Stores, CuratedTables.Of(world.Pipelines.Pipeline, stream), Secret);
        Assert.Contains(found, place => place.StartsWith("raw/", StringComparison.Ordinal));
        Assert.DoesNotContain(found, place => !place.StartsWith("raw/", StringComparison.Ordinal));
        Assert.NotEmpty(logs.Lines);
        Assert.Empty(logs.With(Secret));
        Assert.DoesNotContain(world.Notices.Sent, sent => sent.Body.Contains(Secret, StringComparison.OrdinalIgnoreCase));
        await foreach (BlobEntry blob in world.Stores.Blobs.ListAsync(RawNames.Folder("sample", "numbers")))
        {
            TransformEntry entry = (await world.Get<DocumentStore>().FindAsync<TransformEntry>(TransformEntry.NameFor(blob.Name)))!.Value;
            Assert.True(entry.Balances, blob.Name);
        }
    }
}
