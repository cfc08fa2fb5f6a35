using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Watching;
using Penstock.Pipelines.Watching.Figures;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Watching;

public class StreamMonitorTests
{
    private readonly MonitorFixture _fixture = new();

    [Fact]
    public async Task a_record_in_quarantine_is_told_at_the_next_look_once_and_is_over_an_hour_later()
    {
        _fixture.Orders = _fixture.Orders with { Contract = MonitorFixture.Contract("{name: total, logicalType: integer}") };
        await _fixture.PushAsync("""{"id":1,"updated":1,"total":1}""", """{"id":2,"updated":1,"total":"x"}""");
        string[] told = [.. (await _fixture.WatchAsync(10)).Where(line => line.StartsWith("ALERT quarantine"))];
        Assert.StartsWith("ALERT quarantine sample/orders: 1 of 2 records (50 %)", Assert.Single(told));
        Assert.Contains("over: quarantine sample/orders", await _fixture.WatchAsync(120));
    }

    [Fact]
    public async Task a_pipeline_may_tolerate_some_quarantine()
    {
        _fixture.World.Pipelines.Pipeline = _fixture.World.Pipelines.Pipeline with { Monitors = new MonitorOptions { QuarantinePercent = 50 } };
        _fixture.Orders = _fixture.Orders with { Contract = MonitorFixture.Contract("{name: total, logicalType: integer}") };
        await _fixture.PushAsync("""{"id":1,"updated":1,"total":1}""", """{"id":2,"updated":1,"total":"x"}""");
        Assert.DoesNotContain(await _fixture.WatchAsync(3), line => line.StartsWith("ALERT quarantine"));
    }

    [Fact]
    public async Task a_new_column_is_told_and_kept_in_the_streams_history()
    {
        await _fixture.PushAsync("""{"id":1,"updated":1}""");
        Assert.DoesNotContain(await _fixture.WatchAsync(), line => line.StartsWith("ALERT drift"));
        _fixture.World.Time.Advance(TimeSpan.FromMinutes(6));
        await _fixture.PushAsync("""{"id":2,"updated":2}""", """{"id":3,"updated":3,"vip":true}""");
        Assert.Contains("ALERT drift sample/orders: new column 'vip' (boolean), curated as it is. Mend the source, declare it in the contract, or change 'drift'.", await _fixture.WatchAsync());
        DriftRecord drift = Assert.Single((await _fixture.World.Get<DriftBook>().FindAsync("sample", "orders"))!.Drifts);
        Assert.Equal((DriftEntity.NewColumn, "vip", 2L, 1L), (drift.Entity, drift.Path, drift.FirstLine, drift.Records));
        Assert.Contains("over: drift sample/orders", await _fixture.WatchAsync(65));
        Assert.Contains("\"vip\":true", await _fixture.World.CuratedAsync("orders"));
    }

    [Fact]
    public async Task a_column_without_a_contract_that_changes_its_type_is_told_too()
    {
        await _fixture.PushAsync("""{"id":1,"updated":1,"zip":8010,"price":1}""");
        _fixture.World.Time.Advance(TimeSpan.FromMinutes(6));
        await _fixture.PushAsync("""{"id":2,"updated":1,"zip":"8010","price":1.5}""");
        string line = Assert.Single(await _fixture.WatchAsync(), line => line.StartsWith("ALERT drift"));
        Assert.Contains("'zip' is text in 1 records", line);
        Assert.DoesNotContain("price", line);
    }

    [Fact]
    public async Task a_frozen_drift_stays_an_error_until_the_contract_is_changed()
    {
        _fixture.Orders = _fixture.Orders with { Contract = MonitorFixture.Contract("{name: id}, {name: updated}"), Drift = DriftPolicy.Default with { NewColumn = DriftMode.Freeze } };
        await _fixture.PushAsync("""{"id":1,"updated":1}""", """{"id":2,"updated":1,"vip":true}""");
        Assert.Contains(await _fixture.WatchAsync(), line => line.StartsWith("ALERT drift sample/orders: new column 'vip' (boolean), set aside."));
        Assert.DoesNotContain("over: drift sample/orders", await _fixture.WatchAsync(180));
        _fixture.Orders = _fixture.Orders with { Contract = MonitorFixture.Contract("{name: id}, {name: updated}, {name: vip}", version: "1.1.0") };
        Assert.Contains("over: drift sample/orders", await _fixture.WatchAsync());
    }

    [Fact]
    public async Task a_rule_about_a_set_is_told_with_its_figure_and_over_when_it_is_kept_again()
    {
        _fixture.Orders = _fixture.Orders with
        {
            Contract = MonitorFixture.Contract("{name: city, quality: [{id: cities, metric: nullValues, mustBeLessThan: 10, unit: percent, severity: warning}]}"),
        };
        await _fixture.PushAsync(Enumerable.Range(0, 10).Select(n => n < 2 ? $$"""{"id":{{n}},"updated":1}""" : $$"""{"id":{{n}},"updated":1,"city":"Graz"}"""));
        Assert.Contains("ALERT quality sample/orders: cities: 20 %, must be less than 10. Contract orders@1.0.0.", await _fixture.WatchAsync());
        _fixture.World.Time.Advance(TimeSpan.FromHours(1));
        await _fixture.PushAsync("""{"id":100,"updated":1,"city":"Graz"}""");
        Assert.Contains("over: quality sample/orders", await _fixture.WatchAsync());
    }

    [Fact]
    public async Task duplicates_are_told_but_versions_of_one_record_are_none()
    {
        _fixture.Orders = _fixture.Orders with { Contract = MonitorFixture.Contract("{name: id}, {name: email, unique: true}") };
        await _fixture.PushAsync("""{"id":1,"updated":1,"email":"a"}""", """{"id":1,"updated":2,"email":"a"}""", """{"id":2,"updated":1,"email":null}""", """{"id":3,"updated":1,"email":null}""");
        Assert.DoesNotContain(await _fixture.WatchAsync(), line => line.StartsWith("ALERT quality"));
        await _fixture.PushAsync("""{"id":4,"updated":1,"email":"b"}""", """{"id":5,"updated":1,"email":"b"}""");
        Assert.Contains("ALERT quality sample/orders: email.unique: 1 records, must be 0. Contract orders@1.0.0.", await _fixture.WatchAsync());
    }

    [Fact]
    public async Task a_stream_without_rows_for_a_day_breaks_its_row_count()
    {
        _fixture.Orders = _fixture.Orders with { Contract = MonitorFixture.Contract("{name: id}", quality: "{metric: rowCount, mustBeGreaterThan: 0, severity: warning}") };
        await _fixture.PushAsync("""{"id":1,"updated":1}""");
        Assert.DoesNotContain(await _fixture.WatchAsync(), line => line.StartsWith("ALERT quality"));
        _fixture.World.Time.Advance(TimeSpan.FromHours(26));
        Assert.Contains("ALERT quality sample/orders: rowCount: 0 records, must be greater than 0. Contract orders@1.0.0.", await _fixture.WatchAsync());
    }

    [Fact]
    public async Task an_hour_with_far_fewer_records_than_the_same_hour_of_the_week_is_told_within_minutes_of_its_end()
    {
        DateTimeOffset hour = StreamFigures.HourOf(_fixture.World.Time.GetUtcNow());
        // Mondays have a hundred, other days a thousand: a Monday like every Monday is nothing.
        await _fixture.RememberAsync(Enumerable.Range(1, 28).Select(day => new HourFigures { Hour = hour.AddDays(-day), Read = day % 7 == 0 ? 100 : 1000 }));
        await _fixture.PushAsync(Enumerable.Range(0, 90).Select(n => $$"""{"id":{{n}},"updated":1}"""));
        Assert.DoesNotContain(await _fixture.WatchAsync(70), line => line.StartsWith("ALERT volume"));
        _fixture.World.Time.Advance(hour.AddDays(1).AddMinutes(30) - _fixture.World.Time.GetUtcNow());
        await _fixture.PushAsync(Enumerable.Range(0, 100).Select(n => $$"""{"id":{{n}},"updated":2}"""));
        Assert.DoesNotContain(await _fixture.WatchAsync(29), line => line.StartsWith("ALERT volume"));
        string line = Assert.Single(await _fixture.WatchAsync(5), line => line.StartsWith("ALERT volume"));
        Assert.Contains("100 records came in the hour from", line);
        Assert.Contains("usual are 1000 ± 500 (the same hour of the week, 4 of them)", line);
    }

    [Fact]
    public async Task a_young_stream_has_no_usual_volume()
    {
        await _fixture.PushAsync(Enumerable.Range(0, 900).Select(n => $$"""{"id":{{n}},"updated":1}"""));
        Assert.DoesNotContain(await _fixture.WatchAsync(300), line => line.StartsWith("ALERT volume"));
    }

    [Fact]
    public async Task a_column_that_is_suddenly_empty_or_always_the_same_is_told()
    {
        DateTimeOffset hour = StreamFigures.HourOf(_fixture.World.Time.GetUtcNow());
        await _fixture.RememberAsync(Enumerable.Range(1, 10).Select(n => new HourFigures
        {
            Hour = hour.AddHours(-n), Read = 100, Rows = 100,
            Columns = new Dictionary<string, ColumnHour> { ["city"] = new(98, 2, 60), ["email"] = new(100, 0, 100), ["id"] = new(100, 0, 100) },
        }));
        await _fixture.PushAsync(Enumerable.Range(0, 100).Select(n => $$"""{"id":{{n}},"updated":1,"city":{{(n % 2 == 0 ? "null" : $"\"c{n}\"")}},"email":"same"}"""));
        string line = Assert.Single(await _fixture.WatchAsync(), line => line.StartsWith("ALERT columns"));
        Assert.Contains("'city' is null in 50 % of the records, usual are 2 %", line.Replace("\u00a0", " ").Replace("50%", "50 %").Replace("2%", "2 %"));
        Assert.Contains("'email' has different values in 1", line);
        Assert.DoesNotContain("'id'", line);
    }

    [Fact]
    public async Task a_run_that_was_due_and_did_not_begin_is_told_within_five_minutes()
    {
        await _fixture.World.RunUntilQuietAsync();
        var findings = new List<(TimeSpan After, string Line)>();
        DateTimeOffset stopped = _fixture.World.Time.GetUtcNow();
        for (int minute = 1; minute <= 6; minute++)
            findings.AddRange((await _fixture.WatchAsync()).Select(line => (_fixture.World.Time.GetUtcNow() - stopped, line)));
        (TimeSpan after, string line) = Assert.Single(findings, finding => finding.Line.StartsWith("ALERT schedule"));
        Assert.StartsWith("ALERT schedule sample/numbers: The run due at ", line);
        Assert.True(after < TimeSpan.FromMinutes(5), $"told after {after}");
        await _fixture.World.RunUntilQuietAsync();
        Assert.Contains("over: schedule sample/numbers", await _fixture.WatchAsync());
    }

    [Fact]
    public async Task freshness_may_be_promised_by_the_contract()
    {
        PipelineStream numbers = _fixture.World.Pipelines.Pipeline.Streams[0];
        var contract = new Pipelines.Contracts.Contract("numbers", "1", []) { ServiceLevels = [new("latency", TimeSpan.FromMinutes(30), "")] };
        _fixture.World.Pipelines.Pipeline = _fixture.World.Pipelines.Pipeline with { Streams = [numbers with { Contract = contract }, _fixture.Orders] };
        await _fixture.World.RunUntilQuietAsync();
        Assert.DoesNotContain(await _fixture.WatchAsync(25), line => line.StartsWith("ALERT freshness"));
        Assert.Single(await _fixture.WatchAsync(10), line => line.StartsWith("ALERT freshness sample/numbers: The newest complete data is 0.00:3"));
    }

    [Fact]
    public async Task figures_of_blobs_and_runs_are_curated_like_any_other_data()
    {
        await _fixture.PushAsync("""{"id":1,"updated":1,"total":5}""", """{"id":2,"updated":1,"total":7}""");
        for (int minute = 0; minute < 4; minute++)
        {
            await _fixture.World.PlanAsync();
            await _fixture.World.WorkAsync();
            await _fixture.WatchAsync();
        }

        string[] quality = await CuratedAsync(SystemPipeline.QualityStream);
        Assert.Contains(quality, record => record.Contains("\"column\":\"total\"") && record.Contains("\"values\":2") && record.Contains("\"distinct\":2"));
        Assert.Contains(quality, record => record.Contains("\"column\":\"\"") && record.Contains("\"stream\":\"orders\"") && record.Contains("\"read\":2,\"curated\":2,\"quarantined\":0,\"filtered\":0"));
        string[] runs = await CuratedAsync(SystemPipeline.RunsStream);
        Assert.Contains(runs, record => record.Contains("\"stream\":\"numbers\"") && record.Contains("\"status\":\"completed\"") && record.Contains("\"landed\":100,\"curated\":100"));
        await _fixture.WatchAsync(5);
        Assert.Equal(quality.Length, (await CuratedAsync(SystemPipeline.QualityStream)).Length);
    }

    [Fact]
    public async Task what_was_taken_down_of_blobs_is_taken_away_after_a_week()
    {
        await _fixture.PushAsync("""{"id":1,"updated":1}""");
        await _fixture.WatchAsync();
        Assert.Equal(1, await CountAsync("ledger/quality/sample/orders/"));
        _fixture.World.Time.Advance(TimeSpan.FromDays(8));
        await _fixture.PushAsync("""{"id":2,"updated":1}""");
        await _fixture.WatchAsync();
        Assert.Equal(1, await CountAsync("ledger/quality/sample/orders/"));
        Assert.Equal(2, (await CuratedAsync(SystemPipeline.QualityStream)).Count(record => record.Contains("\"column\":\"id\"")));
    }

    private async Task<int> CountAsync(string prefix)
    {
        int count = 0;
        await foreach (Pipelines.Ports.BlobEntry _ in _fixture.World.Stores.Blobs.ListAsync(prefix))
            count++;
        return count;
    }

    private async Task<string[]> CuratedAsync(string stream)
    {
        var records = new List<string>();
        await foreach (Pipelines.Ports.CuratedRecord record in _fixture.World.Stores.Curated.ReadAsync(new Pipelines.Ports.CuratedTable(SystemPipeline.Name, stream)))
            records.Add(System.Text.Encoding.UTF8.GetString(record.Json.Span));
        return [.. records];
    }
}
