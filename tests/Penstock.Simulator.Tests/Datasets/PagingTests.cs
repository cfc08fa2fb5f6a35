using System.Text.Json;

namespace Penstock.Simulator.Tests;

public sealed class PagingTests
{
    [Theory]
    [InlineData(1000, 100, 10)]
    [InlineData(1001, 100, 11)]
    [InlineData(99, 100, 1)]
    [InlineData(0, 100, 1)]
    public async Task pages_by_number_make_up_the_whole(int count, int size, int pages)
    {
        await using var api = await StartAsync(new Dataset("users") { Count = count });
        var ids = new List<string>();

        for (var page = 1; page <= pages; page++)
        {
            var json = await api.GetJsonAsync($"/users?page={page}&per_page={size}");
            Assert.Equal((page, count), (json.GetProperty("page").GetInt32(), json.GetProperty("total").GetInt32()));
            Assert.Equal(count == 0 ? 0 : pages, json.GetProperty("total_pages").GetInt32());
            ids.AddRange(Ids(json.GetProperty("data")));
        }

        Assert.Equal(api.Server.AllIds("users"), ids);
        Assert.Empty((await api.GetJsonAsync($"/users?page={pages + 1}")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task pages_by_offset_make_up_the_whole()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 250, Paging = PagingStyle.Offset });
        var ids = new List<string>();

        for (JsonElement page = default; ids.Count < 250; ids.AddRange(Ids(page.GetProperty("data"))))
        {
            page = await api.GetJsonAsync($"/users?offset={ids.Count}&limit=70");
            Assert.Equal(250, page.GetProperty("total").GetInt32());
        }

        Assert.Equal(api.Server.AllIds("users"), ids);
    }

    [Fact]
    public async Task pages_by_cursor_make_up_the_whole()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 250, Paging = PagingStyle.Cursor });
        var ids = new List<string>();

        for (var cursor = ""; cursor is not null;)
        {
            var page = await api.GetJsonAsync($"/users?limit=50&cursor={cursor}");
            ids.AddRange(Ids(page.GetProperty("data")));
            cursor = page.GetProperty("next_cursor").GetString();
            Assert.Equal(cursor is not null, page.GetProperty("has_more").GetBoolean());
        }

        Assert.Equal(api.Server.AllIds("users"), ids);
        Assert.Equal(5, api.Server.Statistics.Calls);
    }

    [Fact]
    public async Task pages_by_link_header_make_up_the_whole()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 250, Paging = PagingStyle.Link });
        var ids = new List<string>();

        for (var address = "/users?per_page=100&since=2020-01-01"; address is not null;)
        {
            using var response = await api.GetAsync(address);
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            ids.AddRange(Ids(json.RootElement));
            address = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split(';')[0].Trim('<', '>') : null;
            Assert.True(address is null || address.StartsWith($"{api.Server.BaseAddress}users?per_page=100&since=2020-01-01&page=", StringComparison.Ordinal), address);
        }

        Assert.Equal(api.Server.AllIds("users"), ids);
    }

    [Fact]
    public async Task pages_by_the_next_address_in_the_body_make_up_the_whole()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 250, Paging = PagingStyle.NextUrl });
        var ids = new List<string>();

        for (var address = "/users"; address is not null;)
        {
            var page = await api.GetJsonAsync(address);
            ids.AddRange(Ids(page.GetProperty("data")));
            address = page.GetProperty("next").GetString();
        }

        Assert.Equal(api.Server.AllIds("users"), ids);
    }

    [Fact]
    public async Task an_address_of_a_next_page_never_has_the_key()
    {
        await using var api = await Api.StartAsync(new() { Datasets = [new("users") { Paging = PagingStyle.NextUrl }], Keys = new() { Known = [new("alice", "s3cret")] } });

        var page = await api.GetJsonAsync("/users?api_key=s3cret&limit=10");

        Assert.Equal($"{api.Server.BaseAddress}users?limit=10&offset=10", page.GetProperty("next").GetString());
    }

    [Fact]
    public async Task json_lines_are_one_record_a_line_and_tell_the_next_page_in_a_header()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 250, Paging = PagingStyle.Cursor, Format = BodyFormat.JsonLines });
        var ids = new List<string>();

        for (var address = "/users"; address is not null;)
        {
            using var response = await api.GetAsync(address);
            Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
            var lines = (await response.Content.ReadAsStringAsync()).Split('\n');
            Assert.Equal("", lines[^1]);
            ids.AddRange(lines[..^1].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!));
            address = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split(';')[0].Trim('<', '>') : null;
        }

        Assert.Equal(api.Server.AllIds("users"), ids);
    }

    [Fact]
    public async Task a_page_is_never_larger_than_the_most_allowed()
    {
        await using var api = await StartAsync(new Dataset("users") { PageSize = 10, MaxPageSize = 20 });

        Assert.Equal(10, (await api.GetJsonAsync("/users")).GetProperty("data").GetArrayLength());
        Assert.Equal(20, (await api.GetJsonAsync("/users?limit=500")).GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData(PagingStyle.Page, "page=0", "page")]
    [InlineData(PagingStyle.Page, "limit=0", "limit")]
    [InlineData(PagingStyle.Page, "per_page=x", "limit")]
    [InlineData(PagingStyle.Offset, "offset=-1", "offset")]
    [InlineData(PagingStyle.Cursor, "cursor=abc", "cursor")]
    [InlineData(PagingStyle.Cursor, "cursor=AAAAAAAAAAAAAAAAAAAAAA", "cursor")]
    [InlineData(PagingStyle.Page, "since=soon", "since")]
    public async Task a_bad_parameter_is_a_400_that_names_it(PagingStyle style, string parameter, string name)
    {
        await using var api = await StartAsync(new Dataset("users") { Paging = style });

        using var response = await api.GetAsync("/users?" + parameter);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains($"The parameter {name} must be", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task a_gzip_body_is_the_same()
    {
        await using var api = await StartAsync(new Dataset("users") { Count = 1000 });
        using var unpacking = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.GZip }) { BaseAddress = api.Server.BaseAddress };

        using var packed = await api.GetAsync("/users?limit=1000", request => request.Headers.AcceptEncoding.ParseAdd("gzip"));

        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        Assert.Equal(await api.Client.GetStringAsync("/users?limit=1000"), await unpacking.GetStringAsync("/users?limit=1000"));
    }

    private static Task<Api> StartAsync(Dataset dataset) => Api.StartAsync(new() { Datasets = [dataset] });

    private static IEnumerable<string> Ids(JsonElement records) => records.EnumerateArray().Select(record => record.GetProperty("id").GetString()!);
}
