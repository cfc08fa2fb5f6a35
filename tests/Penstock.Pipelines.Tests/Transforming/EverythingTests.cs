using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Tests.Contracts.Checking;
using Penstock.Pipelines.Transforming;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Transforming;

/// <summary>Random contracts, drift policies, shapes, masks and histories, over random lines that come in any order and more than once.</summary>
public class EverythingTests
{
    private const int Seeds = 25;

    private static readonly string[] Others = ["id", "v", "items", "derived", "renamed"];

    [Theory]
    [InlineData(HistoryMode.Latest)]
    [InlineData(HistoryMode.Append)]
    [InlineData(HistoryMode.Scd2)]
    public async Task every_line_is_curated_in_quarantine_or_filtered_and_a_replay_gives_what_was_there_in_any_order(HistoryMode history)
    {
        long read = 0, curated = 0, quarantined = 0, filtered = 0, exploded = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            var chance = new Random((seed * 3) + (int)history);
            PipelineStream stream = Stream(history, chance, seed);
            string[][] batches = Batches(stream.Contract! with { Properties = [.. stream.Contract.Properties.Where(property => !Others.Contains(property.Name))] }, chance, seed);
            string? expected = null;
            for (int order = 0; order < 2; order++)
            {
                PenstockWorld world = World(stream);
                int[] live = [.. Enumerable.Range(0, batches.Length)];
                chance.Shuffle(live);
                foreach (int batch in live.Concat(live.Take(2)))
                {
                    await ReceiveAsync(world, batch, batches[batch]);
                    if (chance.Next(2) == 0)
                        await world.WorkAsync();
                }

                await world.WorkAsync();
                string rows = await RowsAsync(world);
                expected ??= rows;
                Assert.True(expected == rows, $"seed {seed}: another order gives\n{rows}\ninstead of\n{expected}");
                foreach ((string blob, TransformEntry entry) in await EntriesAsync(world))
                {
                    Assert.True(entry.Balances, $"seed {seed}: {entry}");
                    Assert.Equal(await LinesAsync(world, blob), entry.Read);
                    Assert.Equal(await LinesAsync(world, QuarantineWriter.NameFor(blob)), entry.Quarantined);
                    (read, curated, quarantined, filtered) = (read + entry.Read, curated + entry.Curated, quarantined + entry.Quarantined, filtered + entry.Filtered);
                    exploded += entry.Exploded?.Values.Sum() ?? 0;
                }

                await ForgetAsync(world);
                Assert.Equal("", await RowsAsync(world));
                foreach (BlobEntry blob in await world.Stores.Blobs.ListAsync("raw/sample/orders/").OrderByDescending(blob => blob.Name).ToListAsync())
                    Assert.IsType<BlobCurated>(await world.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob.Name, Replay: "again")));
                string replayed = await RowsAsync(world);
                Assert.True(expected == replayed, $"seed {seed}: a replay gives\n{replayed}\ninstead of\n{expected}");
            }
        }

        // The test must not be about nothing.
        Assert.True(curated > read / 10 && quarantined > read / 10 && filtered > read / 50 && exploded > 0, $"{read} read, {curated} curated, {quarantined} quarantined, {filtered} filtered, {exploded} exploded");
    }

    private static PipelineStream Stream(HistoryMode history, Random chance, int seed)
    {
        var random = new RandomContracts(10_000 + seed);
        // Most values needn't be there, or nearly every record of so many columns would break the contract.
        Contract contract = random.Contract();
        contract = contract with
        {
            Properties = [.. contract.Properties.Select(property => property with { Required = chance.Next(6) == 0 }), .. Others.Select(name => new ContractProperty { Name = name, Type = LogicalType.Any })],
        };
        MaskRule[] rules = [new RedactValue(), new HashValue(), new PartialValue(PartialKind.Text, 1, 1), new DropValue(), new GeneraliseNumber(10), new GeneraliseDate(DateUnit.Month)];
        return new PipelineStream
        {
            Name = "orders", Key = ["id"], Version = chance.Next(2) == 0 ? "v" : null, Reception = new Reception("orders", null), History = new(history), Contract = contract,
            Drift = random.Policy() with { NewColumn = (DriftMode)chance.Next(4) is DriftMode.Freeze ? DriftMode.Freeze : chance.Next(2) == 0 ? DriftMode.Evolve : DriftMode.DiscardValue },
            Deletes = chance.Next(2) == 0 ? new StreamDeletes("{{ record.y is not none and record.y == 1 }}") : null,
            Shape = Shape(chance),
            Mask = new StreamMask(
                [new("id", chance.Next(2) == 0 ? new HashValue() : new KeepValue()), .. contract.Properties.Where(property => !Others.Contains(property.Name) && chance.Next(2) == 0).Select(property => new PathMask(property.Name, rules[chance.Next(rules.Length)]))],
                MaskKeyVersions.Default),
        };
    }

    private static RecordShape Shape(Random chance)
    {
        ShapeStep[] steps =
        [
            new FilterStep("{{ record.v != 3 }}"), new RemoveStep(["x*"]), new RenameStep([(["g"], "renamed")]),
            new DeriveStep([("derived", "{{ record.id }} and more"), ("v", "{{ record.v }}")]), new FlattenStep(null, null), new FlattenStep("b", null),
        ];
        return new RecordShape(
            [.. steps.Where(_ => chance.Next(3) == 0)],
            chance.Next(2) == 0 ? [new ExplodedList("items", "items", new Dictionary<string, string>(), "position", Keeps: chance.Next(2) == 0)] : []);
    }

    // The same ids come again and again, with few versions, so that ties and late data are frequent.
    private static string[][] Batches(Contract contract, Random chance, int seed)
    {
        var random = new RandomContracts(20_000 + seed);
        return [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, chance.Next(1, 12)).Select(_ =>
        {
            string line = random.Line(contract, chance.Next(12) == 0 ? null : $"{chance.Next(4)}");
            string more = $"{{\"v\":{chance.Next(4)},\"items\":[{string.Join(',', Enumerable.Range(0, chance.Next(3)).Select(n => $"{{\"n\":{n}}}"))}]";
            return line.Length > 2 && line[0] == '{' && line[^1] == '}' ? $"{more},{line[1..]}" : line;
        }).ToArray())];
    }

    private static PenstockWorld World(PipelineStream stream)
    {
        var world = new PenstockWorld();
        world.Stores.Secrets.Set("mask-key", "a key that nobody can guess");
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null, Streams = [stream] };
        return world;
    }

    private static async Task ReceiveAsync(PenstockWorld world, int second, params string[] records)
    {
        var batch = new ReceivedBatch(
            "sample", "orders", "webhook", new DateTimeOffset(2026, 1, 1, 0, 0, second, TimeSpan.Zero), [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        Assert.IsType<BatchLanded>(await world.Get<ReceiveStage>().RunAsync(batch));
    }

    private static IReadOnlyList<CuratedTable> Tables(PenstockWorld world) => CuratedTables.Of(world.Pipelines.Pipeline, world.Pipelines.Pipeline.Streams[0]);

    private static async Task<string> RowsAsync(PenstockWorld world)
    {
        var rows = new List<string>();
        foreach (CuratedTable table in Tables(world))
            await foreach (CuratedRecord row in world.Stores.Curated.ReadAsync(table))
                rows.Add($"{table.Stream} {Encoding.UTF8.GetString(row.Json.Span)}");
        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }

    // As an operator would delete the curated output; keys that hold nothing but a deletion go, too.
    private static async Task ForgetAsync(PenstockWorld world)
    {
        foreach (CuratedTable table in Tables(world))
            await world.Stores.Curated.DeleteAsync(table, [.. (await world.Stores.Curated.ReadAsync(table).ToListAsync()).Select(row => row.Key).Distinct()]);
    }

    private static async Task<List<(string Blob, TransformEntry Entry)>> EntriesAsync(PenstockWorld world)
    {
        var entries = new List<(string, TransformEntry)>();
        await foreach (BlobEntry blob in world.Stores.Blobs.ListAsync("raw/sample/orders/"))
            entries.Add((blob.Name, (await new DocumentStore(world.Stores.Blobs).FindAsync<TransformEntry>(TransformEntry.NameFor(blob.Name)))!.Value));
        return entries;
    }

    private static async Task<long> LinesAsync(PenstockWorld world, string blob)
    {
        if (await world.Stores.Blobs.GetAsync(blob) is not { } found)
            return 0;
        using var lines = new StreamReader(new System.IO.Compression.GZipStream(new MemoryStream(found.Content.ToArray()), System.IO.Compression.CompressionMode.Decompress));
        long count = 0;
        while (await lines.ReadLineAsync() is not null)
            count++;
        return count;
    }
}
