using System.Text;
using System.Text.Json;

namespace Penstock.Simulator.Tests;

public sealed class DatasetTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task a_record_is_a_function_of_the_seed_and_its_number()
    {
        await using var one = await StartAsync(new Dataset("users"));
        await using var same = await StartAsync(new Dataset("users"));
        await using var other = await Api.StartAsync(new() { Seed = 2, Datasets = [new("users")] });

        var page = await one.Client.GetStringAsync("/users?page=3");

        Assert.Equal(page, await same.Client.GetStringAsync("/users?page=3"));
        Assert.NotEqual(page, await other.Client.GetStringAsync("/users?page=3"));
        var single = await one.GetJsonAsync("/users/users-205");
        Assert.Equal(JsonDocument.Parse(page).RootElement.GetProperty("data")[5].GetRawText(), single.GetRawText());
    }

    [Fact]
    public async Task a_record_has_the_shapes_that_data_has()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 1000, NoteLength = 100 });

        var records = (await api.GetJsonAsync("/users?limit=1000")).GetProperty("data").EnumerateArray().ToList();

        Assert.Equal(1000, records.Select(record => record.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 1000), records.Select(record => record.GetProperty("number").GetInt32()));
        Assert.Contains(records, record => record.GetProperty("name").GetString()!.Contains("Zoë"));
        Assert.Contains(records, record => record.GetProperty("amount").GetDecimal() < 0);
        Assert.Contains(records, record => record.GetProperty("tags").GetArrayLength() == 0);
        Assert.Contains(records, record => record.GetProperty("tags").GetArrayLength() == 3);
        Assert.InRange(records.Count(record => record.GetProperty("active").GetBoolean()), 400, 600);
        Assert.All(records, record => Assert.InRange(record.GetProperty("address").GetProperty("location").GetProperty("latitude").GetDouble(), 0, 90));
        Assert.All(records, record => Assert.Equal(100, record.GetProperty("note").GetString()!.Length));
        Assert.All(records, record => Assert.True(record.GetProperty("created_at").GetDateTimeOffset() <= record.GetProperty("updated_at").GetDateTimeOffset()));
    }

    [Fact]
    public async Task times_never_fall_and_are_shared_across_the_edges_of_pages()
    {
        await using var api = await StartAsync(new Dataset("users") { Ties = 3 });

        var first = Times(await api.GetJsonAsync("/users?page=1"));
        var second = Times(await api.GetJsonAsync("/users?page=2"));

        Assert.Equal(first.Concat(second).Order(), first.Concat(second));
        Assert.Equal(first[^1], second[0]);
        Assert.All(first.Concat(second).GroupBy(time => time).SkipLast(1), group => Assert.Equal(3, group.Count()));
    }

    [Theory]
    [InlineData("since=2024-01-01T00:10:00Z", 30, 300)]
    [InlineData("since=2024-01-01T00:09:59.999Z", 30, 300)]
    [InlineData("updated_after=2024-01-01T00:10:00Z", 33, 300)]
    [InlineData("updated_after=1704067800", 33, 300)]
    [InlineData("updated_after=1704067800000", 33, 300)]
    [InlineData("until=2024-01-01T00:10:00Z", 0, 33)]
    [InlineData("since=2024-01-01T00:10:00Z&until=2024-01-01T00:19:59Z", 30, 60)]
    [InlineData("since=2025-01-01", 0, 0)]
    [InlineData("until=2023-01-01", 0, 0)]
    [InlineData("since=2024-01-01T00:20:00Z&until=2024-01-01T00:10:00Z", 0, 0)]
    public async Task a_filter_leaves_exactly_what_it_says(string filter, int from, int to)
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 300 });

        var page = await api.GetJsonAsync($"/users?limit=1000&{filter}");

        Assert.Equal(Enumerable.Range(from, to - from), Numbers(page));
        Assert.Equal(to - from, page.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task until_may_leave_its_own_moment_out()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 300, UntilInclusive = false });

        Assert.Equal(30, (await api.GetJsonAsync("/users?until=2024-01-01T00:10:00Z")).GetProperty("total").GetInt32());
        Assert.Equal(33, (await api.GetJsonAsync("/users?until=2024-01-01T00:10:00.001Z")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task the_newest_may_come_first()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 25 });

        Assert.Equal([24, 23, 22], Numbers(await api.GetJsonAsync("/users?order=desc&limit=3")));
        Assert.Equal([0], Numbers(await api.GetJsonAsync("/users?order=desc&limit=3&page=9")));
        Assert.Equal(["users-0", "users-22", "users-23", "users-24"], api.Server.ServedIds("users"));
    }

    [Fact]
    public async Task live_records_appear_when_their_time_has_come()
    {
        await using var api = await Api.StartAsync(new() { Datasets = [new("users") { Live = true }] }, Start.AddSeconds(-1));
        Assert.Empty(Numbers(await api.GetJsonAsync("/users")));

        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([0, 1, 2], Numbers(await api.GetJsonAsync("/users")));
        Assert.Equal(404, await api.StatusAsync("/users/users-3"));
        api.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal([0, 1, 2, 3, 4, 5], Numbers(await api.GetJsonAsync("/users")));
        Assert.Equal(6, api.Server.AllIds("users").Count());
    }

    [Fact]
    public async Task a_billion_records_cost_nothing_until_they_are_asked_for()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 1_000_000_000, Paging = PagingStyle.Offset });

        var page = await api.GetJsonAsync("/users?offset=999999998&limit=10");

        Assert.Equal([999_999_998, 999_999_999], Numbers(page));
    }

    [Theory]
    [InlineData(BadRecord.WrongType)]
    [InlineData(BadRecord.MissingKey)]
    public async Task some_records_are_bad_but_valid_json(BadRecord kind)
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 1000, BadEvery = 10, BadKinds = [kind] });

        var records = (await api.GetJsonAsync("/users?limit=1000")).GetProperty("data").EnumerateArray().ToList();

        var bad = records.Count(record => kind == BadRecord.MissingKey ? !record.TryGetProperty("id", out _) : record.GetProperty("amount").ValueKind == JsonValueKind.String);
        Assert.InRange(bad, 60, 140);
    }

    [Theory]
    [InlineData(BadRecord.InvalidUtf8)]
    [InlineData(BadRecord.Truncated)]
    public async Task some_records_are_no_json_at_all(BadRecord kind)
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 1000, BadEvery = 10, BadKinds = [kind], Format = BodyFormat.JsonLines });

        var body = await api.Client.GetByteArrayAsync("/users?limit=1000");

        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var lines = Split(body);
        Assert.Equal(1000, lines.Count);
        Assert.InRange(lines.Count(line => !Parses(line)), 60, 140);

        bool Parses(byte[] line)
        {
            try { return JsonDocument.Parse(strict.GetString(line)) is not null; }
            catch (Exception problem) when (problem is JsonException or DecoderFallbackException) { return false; }
        }
    }

    private static List<byte[]> Split(byte[] body)
    {
        var lines = new List<byte[]>();
        for (var start = 0; start < body.Length;)
        {
            var length = body.AsSpan(start).IndexOf((byte)'\n');
            lines.Add(body[start..(start + length)]);
            start += length + 1;
        }

        return lines;
    }

    private static Task<Api> StartAsync(Dataset dataset) => Api.StartAsync(new() { Datasets = [dataset] });

    private static List<DateTimeOffset> Times(JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(record => record.GetProperty("updated_at").GetDateTimeOffset())];

    private static List<int> Numbers(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(record => record.GetProperty("number").GetInt32())];
}
