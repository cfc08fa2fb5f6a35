using System.Net;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Simulator;
using Penstock.Testing;

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>A source is deployed badly while <c>penstock up</c> pulls from it each minute: a field turns from number to text in 3 % of the rows.</summary>
public sealed class BadDeployTests : IAsyncLifetime
{
    private const string Stream = "shop/users";
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private SimulatedApi _before = null!;
    private SimulatedApi _deployed = null!;

    public async ValueTask InitializeAsync()
    {
        // Five new records a second; the same ones, whatever version is deployed.
        var users = new Dataset("users") { Live = true, Start = _time.GetUtcNow().AddMinutes(-1), Spacing = TimeSpan.FromSeconds(1), Ties = 5, BadKinds = [BadRecord.WrongType] };
        _before = await SimulatedApi.StartAsync(new SimulatorOptions { Datasets = [users] }, _time);
        _deployed = await SimulatedApi.StartAsync(new SimulatorOptions { Datasets = [users with { BadEvery = 33 }] }, _time);
        Write("connector.yaml", Connector);
    }

    public async ValueTask DisposeAsync()
    {
        await _before.DisposeAsync();
        await _deployed.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task the_alert_is_out_in_five_minutes_and_once_the_contract_is_mended_a_replay_of_just_the_bad_rows_loses_nothing()
    {
        Write("pipeline.yaml", Pipeline(_before));
        Write("users.odcs.yaml", Contract("1.0.0", "logicalType: number, required: true"));
        await using VirtualHost host = await VirtualHost.StartAsync(_folder.Path, _time, Stream);
        await host.MinuteAsync(Stream);
        await host.MinuteAsync(Stream);
        Assert.DoesNotContain(host.Lines, line => line.Text.Contains("ALERT", StringComparison.Ordinal));
        Assert.Equal(0, (await CountAsync(host)).Quarantined);

        Write("pipeline.yaml", Pipeline(_deployed));
        DateTimeOffset deployed = _time.GetUtcNow();
        for (int minute = 0; minute < 4; minute++)
            await host.MinuteAsync(Stream);
        (DateTimeOffset At, string Text)[] alerts = [.. host.Lines.Where(line => line.Text.StartsWith("watch: ALERT", StringComparison.Ordinal))];
        Assert.Equal([$"drift {Stream}", $"quarantine {Stream}"], alerts.Select(alert => alert.Text["watch: ALERT ".Length..].Split(':')[0]).Order());
        Assert.All(alerts, alert => Assert.True(alert.At - deployed < TimeSpan.FromMinutes(5), $"{alert.Text} after {alert.At - deployed}"));
        Assert.Contains(alerts, alert => alert.Text.Contains("'amount' is text instead of number", StringComparison.Ordinal));
        Counts bad = await CountAsync(host);
        Assert.InRange((double)bad.Quarantined / (4 * 300), 0.01, 0.06);
        Assert.Equal(bad.Read, bad.Curated + bad.Quarantined);

        // The contract says now that an amount may be a text too, and just what is in quarantine runs again.
        Write("users.odcs.yaml", Contract("1.1.0", "required: true"));
        HttpResponseMessage answer = await host.Client.PostAsync("/api/quarantine/replay", new StringContent("""{"pipeline":"shop"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        JsonElement replay = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement;
        Assert.Equal(bad.Quarantined, replay.GetProperty("records").GetInt64());
        string[] all = [.. _deployed.AllIds("users")];
        await host.MinuteAsync(Stream);
        Counts mended = await CountAsync(host);
        Assert.Equal(0, mended.Quarantined);
        Assert.Equal(mended.Read, mended.Curated);
        Assert.True(mended.Read > bad.Read);
        HashSet<string> curated = await CuratedAsync(host);
        Assert.Empty(all.Except(curated));
        Assert.Empty(curated.Except(_deployed.AllIds("users")));
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(_folder.Path, "pipelines", "shop", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private sealed record Counts(long Read, long Curated, long Quarantined);

    private static async Task<Counts> CountAsync(VirtualHost host)
    {
        var counts = new Counts(0, 0, 0);
        await foreach (BlobEntry blob in host.Get<IBlobStore>().ListAsync("ledger/transforms/shop/users/"))
        {
            TransformEntry entry = (await host.Get<DocumentStore>().FindAsync<TransformEntry>(blob.Name))!.Value;
            Assert.True(entry.Balances);
            counts = new Counts(counts.Read + entry.Read, counts.Curated + entry.Curated, counts.Quarantined + entry.Quarantined);
        }

        return counts;
    }

    private static async Task<HashSet<string>> CuratedAsync(VirtualHost host) =>
        [.. await host.Get<ICuratedStore>().ReadAsync(new CuratedTable("shop", "users")).Select(record => JsonDocument.Parse(record.Json).RootElement.GetProperty("id").GetString()!).ToListAsync()];

    private static string Pipeline(SimulatedApi api) => $$"""
        pipeline: shop
        connector: connector.yaml
        config: { url: "{{api.BaseAddress}}" }
        private_hosts: [127.0.0.1]
        schedule: { every: PT1M }
        streams:
          - stream: users
            key: [id]
            contract: users.odcs.yaml
        """;

    private static string Contract(string version, string amount) => $$"""
        apiVersion: v3.1.0
        kind: DataContract
        id: users
        version: {{version}}
        status: active
        schema: [{ name: users, properties: [{ name: id, logicalType: string, required: true }, { name: amount, {{amount}} }] }]
        """;

    private const string Connector = """
        version: 6.48.0
        type: DeclarativeSource
        check: { type: CheckStream, stream_names: [users] }
        streams:
          - type: DeclarativeStream
            name: users
            primary_key: id
            incremental_sync:
              type: DatetimeBasedCursor
              cursor_field: updated_at
              datetime_format: "%Y-%m-%dT%H:%M:%S.%fZ"
              start_datetime: "2025-12-31T00:00:00.000000Z"
              start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: since }
              end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: until }
            retriever:
              type: SimpleRetriever
              requester: { type: HttpRequester, url_base: "{{ config['url'] }}", path: users }
              record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
              paginator:
                type: DefaultPaginator
                page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
                page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: per_page }
                pagination_strategy: { type: PageIncrement, page_size: 100, start_from_page: 1 }
        """;
}
