using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Watching;
using Penstock.Pipelines.Watching.Notices;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Erasing;

/// <summary>
/// Everything at once – pulled and pushed, shapes, lists, contract, drift, masks, histories, deletions, lake files, figures, alerts –,
/// one person is erased in the middle of it, and every byte is looked at: stores, logs, notices.
/// </summary>
public class ErasedNowhereTests
{
    private const int People = 5;

    // The one with the greatest number: figures must not keep it as the greatest.
    private const int Erased = People - 1;
    private const string MaskSecret = "a key that nobody can guess";

    [Theory]
    [InlineData(HistoryMode.Latest, false, false, 1)]
    [InlineData(HistoryMode.Latest, true, false, 2)]
    [InlineData(HistoryMode.Append, false, false, 3)]
    [InlineData(HistoryMode.Append, true, false, 4)]
    [InlineData(HistoryMode.Scd2, false, false, 5)]
    [InlineData(HistoryMode.Scd2, true, false, 6)]
    [InlineData(HistoryMode.Scd2, true, false, 7)]
    [InlineData(HistoryMode.Latest, false, true, 8)]
    [InlineData(HistoryMode.Append, false, true, 9)]
    [InlineData(HistoryMode.Scd2, false, true, 10)]
    [InlineData(HistoryMode.Scd2, true, true, 11)]
    public async Task nothing_of_an_erased_person_is_in_any_store_log_or_notice_whatever_comes_afterwards(HistoryMode history, bool isEncrypted, bool isHidden, int seed)
    {
        var chance = new Random(seed);
        var logs = new RecordedLogs();
        var world = new PenstockWorld(new ScriptedStream { Count = 20, ReadsWhole = true }, services: logs.AddTo);
        foreach (string secret in new[] { "mask-key", "subject-key", "raw-key" })
            world.Stores.Secrets.Set(secret, secret == "mask-key" ? MaskSecret : $"{secret}, and long enough for one");
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null, Monitors = new MonitorOptions { Target = new AlertTarget("https://ops.example.com/", null) }, Streams = [.. Streams(history, isEncrypted, isHidden, chance)] };
        world.Stream.Text = n => Record(n, chance);
        await LiveAsync(world, chance);
        string[] marks = [Mark(Erased), $"{Number(Erased)}", Token(Email(Erased)), Token($"{Number(Erased)}")];
        IReadOnlyList<string> before = await EveryByte.FindAsync(world.Stores, Tables(world), marks);
        Assert.Contains(before, place => place.StartsWith("curated", StringComparison.Ordinal));
        Assert.Contains(before, place => place.StartsWith("quarantine/", StringComparison.Ordinal));
        Assert.Contains(before, place => place.StartsWith("lake/", StringComparison.Ordinal));

        Assert.IsType<ErasureBegun>(await world.Get<ErasureDesk>().BeginAsync([new SubjectName("email", Email(Erased).ToUpperInvariant()), new SubjectName("customer", $"{Number(Erased)}")], null));
        await WorkOnAsync(world);
        await AssertGoneAsync("after the erasure");

        // The source still has the person; what was landed is replayed; what is in quarantine, too.
        await LiveAsync(world, chance);
        await world.Get<ReplayBook>().StartAsync(new ReplayFilter("sample", ["numbers", "orders"]), null);
        await WorkOnAsync(world);
        foreach (string stream in new[] { "numbers", "orders" })
            await world.Get<QuarantineDesk>().ReplayAsync(new QuarantineFilter("sample", stream));
        await WorkOnAsync(world);
        await AssertGoneAsync("after replays and more of it");

        // The others are there still, and every record is counted.
        for (int person = 0; person < People; person++)
            Assert.Equal(person != Erased, (await EveryByte.FindAsync(world.Stores, Tables(world), isHidden ? Mark(person) : Token(Email(person)))).Any(place => place.StartsWith("curated", StringComparison.Ordinal)));
        await foreach (BlobEntry entry in world.Stores.Blobs.ListAsync("ledger/transforms/sample/"))
            Assert.True((await new Documents.DocumentStore(world.Stores.Blobs).FindAsync<TransformEntry>(entry.Name))!.Value.Balances, entry.Name);

        async Task AssertGoneAsync(string when)
        {
            IReadOnlyList<string> left = await EveryByte.FindAsync(world.Stores, Tables(world), marks);
            Assert.True(left.Count == 0, $"{when}: {string.Join('\n', left.Distinct().Take(10))}");
            Assert.NotEmpty(logs.Lines);
            Assert.NotEmpty(world.Notices.Sent);
            foreach (string mark in marks)
            {
                Assert.Empty(logs.With(mark));
                Assert.DoesNotContain(world.Notices.Sent, sent => sent.Body.Contains(mark, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    private static IEnumerable<PipelineStream> Streams(HistoryMode history, bool isEncrypted, bool isHidden, Random chance)
    {
        var subject = new StreamSubject([new("email", "email"), new("email", "items.email"), new("customer", "customer.id"), new("customer", "customer_id")]);
        MaskRule[] rules = [new RedactValue(), new PartialValue(PartialKind.Text, 1, 1), new DropValue(), new HashValue(IgnoreCase: true)];
        var stream = new PipelineStream
        {
            Name = "numbers", Key = ["id"], Version = "updated", History = new(history), Subject = subject, Outputs = new(Lake: LakePartition.Day),
            Deletes = new(Missing: true),
            Drift = new DriftPolicy(chance.Next(2) == 0 ? DriftMode.Evolve : DriftMode.DiscardValue, (DriftMode)chance.Next(4), DriftMode.DiscardRow),
            RawEncryption = isEncrypted ? new RawEncryption(["email", "customer", "note", "items", "more", "n"]) : null,
            Contract = new Contract("numbers", "1.0.0",
            [
                new ContractProperty { Name = "id", Type = LogicalType.String, Required = true },
                new ContractProperty { Name = "n", Type = LogicalType.Integer, Required = true },
                new ContractProperty { Name = "customer_id", Type = LogicalType.Integer },
                new ContractProperty { Name = "customer", Type = LogicalType.Object, Properties = [new ContractProperty { Name = "id", Type = LogicalType.Integer }] },
                new ContractProperty { Name = "email", Type = LogicalType.String },
                new ContractProperty { Name = "items", Type = LogicalType.Any },
                new ContractProperty { Name = "note", Type = LogicalType.String },
                new ContractProperty { Name = "updated", Type = LogicalType.Integer },
            ]),
            Shape = new RecordShape(
                [new FilterStep("{{ record.updated != 7 }}"), new DeriveStep([("customer_id", "{{ record.customer.id }}")])],
                [new ExplodedList("items", "items", new Dictionary<string, string>(), "position", Keeps: false)]),
            // Where nothing that is curated names anybody, raw alone tells whose it is.
            Mask = new StreamMask(
                isHidden
                    ? [new("email", new RedactValue()), new("items.email", new RedactValue()), new("customer", new DropValue()), new("customer_id", new DropValue())]
                    : [new("email", new HashValue(IgnoreCase: true)), new("items.email", rules[chance.Next(4)]), new("note", rules[chance.Next(4)])],
                MaskKeyVersions.Default),
        };
        return [stream, stream with { Name = "orders", Deletes = new("{{ record.gone }}"), Reception = new Reception("orders", null), Envelope = EnvelopeKind.Auto, Shape = stream.Shape with { Lists = [] } }];
    }

    // A few runs and pushes; people come and go at the source, slices fail, records break the contract.
    private static async Task LiveAsync(PenstockWorld world, Random chance)
    {
        for (int run = 0; run < 4; run++)
        {
            world.Stream.Gone.Clear();
            world.Stream.Gone.UnionWith(Enumerable.Range(0, 20).Where(_ => chance.Next(4) == 0));
            world.Time.Advance(TimeSpan.FromMinutes(chance.Next(30, 90)));
            await world.Get<RunBook>().BeginIncrementalAsync("sample", "numbers", world.Time.GetUtcNow());
            var pushed = new ReceivedBatch(
                "sample", "orders", "webhook", world.Time.GetUtcNow(), [.. Enumerable.Range(0, 12).Select(n => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Record(n, chance)))]);
            Assert.IsType<BatchLanded>(await world.Get<ReceiveStage>().RunAsync(pushed));
            await WorkOnAsync(world);
        }
    }

    private static async Task WorkOnAsync(PenstockWorld world)
    {
        await world.RunUntilQuietAsync();
        for (int i = 0; i < 8; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(16));
            await world.Get<WatchStage>().RunAsync();
            await world.WorkAsync();
        }
    }

    private static IEnumerable<CuratedTable> Tables(PenstockWorld world) =>
    [
        .. world.Pipelines.Pipeline.Streams.SelectMany(stream => CuratedTables.Of(world.Pipelines.Pipeline, stream)),
        new CuratedTable(SystemPipeline.Name, SystemPipeline.QualityStream), new CuratedTable(SystemPipeline.Name, SystemPipeline.RunsStream),
    ];

    private static string Record(int n, Random chance)
    {
        int person = n % People;
        string n1 = chance.Next(8) switch { 0 => $"\"{Mark(person)}\"", 1 => "null", _ => $"{n}" };
        string more = chance.Next(6) == 0 ? $",\"more\":\"{Mark(person)}\"" : "";
        string name = chance.Next(2) == 0 ? Email(person) : $" {Email(person).ToUpperInvariant()}";
        string customer = chance.Next(4) == 0 ? $"\"{Number(person)}\"" : $"{Number(person)}";
        string row = $$"""
            {"id":"{{n}}","updated":{{chance.Next(9)}},"n":{{n1}},"email":"{{name}}","customer":{"id":{{customer}}},"note":"of {{Mark(person)}}","items":[{"email":"{{Email(person)}}","by":"{{Mark(person)}}"}]{{more}},"gone":false}
            """;
        return chance.Next(12) == 0 ? $$"""{"before":null,"after":{{row}},"source":{"connector":"postgresql","lsn":{{n}},"ts_ms":1767225600000},"op":"u"}""" : row;
    }

    private static string Mark(int person) => $"Lovelace-{person}{person}{person}{person}";

    private static string Email(int person) => $"{Mark(person)}@example.com".ToLowerInvariant();

    private static int Number(int person) => 900_000_017 + (person * 1111);

    private static string Token(string text)
    {
        byte[] hash = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(MaskSecret), Encoding.UTF8.GetBytes(text));
        return "h1." + System.Buffers.Text.Base64Url.EncodeToString(hash);
    }
}
