using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Tests.Watching;

namespace Penstock.Pipelines.Tests.Contracts.Checking;

/// <summary>Random contracts, policies and records, against a second check that is as simple and slow as can be.</summary>
public partial class RandomContractTests
{
    [Fact]
    public void a_record_is_curated_just_when_a_simple_check_on_a_tree_says_so_and_with_the_same_content()
    {
        int curated = 0, rewritten = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new RandomContracts(seed);
            Contract contract = random.Contract();
            DriftPolicy policy = random.Policy();
            var pass = new RecordPass(new PassSetup(contract, policy) { Baseline = new HashSet<string>() });
            for (int i = 0; i < 20; i++)
            {
                string record = random.Record(contract, $"{i}");
                Violation? violation = pass.Check(Encoding.UTF8.GetBytes(record));
                JsonObject expected = JsonNode.Parse(record)!.AsObject();
                bool keeps = Keep(expected, contract.Properties, policy);
                Assert.True(keeps == violation is null, $"seed {seed}: {record} {policy}: {violation} instead of {(keeps ? "none" : "some")}");
                if (violation is not null)
                    continue;
                curated++;
                rewritten += pass.Edits.Any ? 1 : 0;
                var output = new ArrayBufferWriter<byte>();
                pass.Edits.Write(Encoding.UTF8.GetBytes(record), output);
                string written = Encoding.UTF8.GetString(output.WrittenSpan);
                Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(written)), $"seed {seed}: {record} became {written} instead of {expected.ToJsonString()}");
            }
        }

        // The test must not be about nothing.
        Assert.InRange(curated, 1_000, 7_000);
        Assert.InRange(rewritten, 200, 5_000);
    }

    [Fact]
    public async Task records_in_are_curated_quarantined_and_filtered_ones_whatever_contract_drift_and_lines()
    {
        var fixture = new MonitorFixture();
        for (int seed = 1_000; seed < 1_040; seed++)
        {
            var random = new RandomContracts(seed);
            fixture.Orders = fixture.Orders with { Contract = random.Contract(), Drift = random.Policy() };
            string[] lines = [.. Enumerable.Range(0, 50).Select(n => random.Line(fixture.Orders.Contract!, n % 9 == 0 ? null : $"{seed}-{n}"))];
            fixture.World.Time.Advance(TimeSpan.FromSeconds(1));
            var batch = new ReceivedBatch("sample", "orders", "webhook", fixture.World.Time.GetUtcNow(), [.. lines.Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))]);
            string blob = Assert.IsType<BatchLanded>(await fixture.World.Get<ReceiveStage>().RunAsync(batch)).Blob!;
            TransformEntry entry = Assert.IsType<BlobCurated>(await fixture.World.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob))).Entry;
            Assert.True(entry.Balances);
            Assert.Equal(lines.Length, entry.Read);
            string before = await fixture.World.CuratedAsync("orders");
            await fixture.World.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob, Replay: "again"));
            Assert.Equal(before, await fixture.World.CuratedAsync("orders"));
        }
    }

    // Changes the object to what must be curated; gives whether it must be at all.
    private static bool Keep(JsonObject record, IReadOnlyList<ContractProperty> properties, DriftPolicy policy)
    {
        bool keeps = true;
        foreach (string name in record.Select(member => member.Key).Where(name => properties.All(property => property.Name != name)).ToList())
        {
            if (policy.NewColumn == DriftMode.DiscardValue)
                record.Remove(name);
            keeps &= policy.NewColumn is DriftMode.Evolve or DriftMode.DiscardValue;
        }

        foreach (ContractProperty property in properties)
        {
            if (!record.TryGetPropertyValue(property.Name, out JsonNode? value) || value is null)
                keeps &= !property.Required || policy.MissingColumn == DriftMode.Evolve;
            else
                keeps &= Keep(value, property, policy, to => record[property.Name] = to);
        }

        return keeps;
    }

    private static bool Keep(JsonNode value, ContractProperty property, DriftPolicy policy, Action<JsonNode?> set)
    {
        if (!IsOfType(value, property))
        {
            if (policy.TypeChange != DriftMode.DiscardValue)
                return policy.TypeChange == DriftMode.Evolve && KeepInside(value, property, policy);
            set(null);
            return !property.Required && KeepInside(value, property, policy);
        }

        return IsInRange(value, property.Options) && KeepInside(value, property, policy);
    }

    private static bool KeepInside(JsonNode value, ContractProperty property, DriftPolicy policy)
    {
        if (value is JsonObject inner && property.Properties.Count > 0)
            return Keep(inner, property.Properties, policy);
        if (value is not JsonArray items || property.Items is null)
            return true;
        bool keeps = true;
        for (int i = 0; i < items.Count; i++)
        {
            int at = i;
            keeps &= items[i] is { } item ? Keep(item, property.Items, policy, to => items[at] = to) : !property.Items.Required || policy.MissingColumn == DriftMode.Evolve;
        }

        return keeps;
    }

    private static bool IsOfType(JsonNode value, ContractProperty property)
    {
        string text = value.ToJsonString();
        string plain = value is JsonValue && text[0] == '"' ? value.GetValue<string>() : "";
        return property.Type switch
        {
            LogicalType.Any => true,
            LogicalType.String => text[0] == '"',
            LogicalType.Boolean => text is "true" or "false",
            LogicalType.Number => IsNumber(text),
            LogicalType.Integer => IsNumber(text) && (text == "1e400" || decimal.Parse(text, CultureInfo.InvariantCulture) % 1 == 0),
            LogicalType.Object => text[0] == '{',
            LogicalType.Array => text[0] == '[',
            LogicalType.Date => DateOnly.TryParseExact(plain, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            LogicalType.Time => TimeOnly.TryParseExact(plain, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => DateTime.TryParseExact(plain, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        };
    }

    private static bool IsInRange(JsonNode value, ValueOptions options)
    {
        if (options.Least is null)
            return true;
        string text = value.ToJsonString();
        decimal number = text == "1e400" ? decimal.MaxValue : decimal.Parse(text, CultureInfo.InvariantCulture);
        decimal least = decimal.Parse(options.Least.Text, CultureInfo.InvariantCulture);
        decimal most = decimal.Parse(options.Most!.Text, CultureInfo.InvariantCulture);
        return number >= least && number <= most && !(options.Least.IsExclusive && number == least) && !(options.Most.IsExclusive && number == most);
    }

    private static bool IsNumber(string text) => Number().IsMatch(text);

    [GeneratedRegex("^-?[0-9]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex Number();
}
