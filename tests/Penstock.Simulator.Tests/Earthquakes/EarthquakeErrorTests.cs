using System.Text.Json;

namespace Penstock.Simulator.Tests;

public sealed class EarthquakeErrorTests
{
    private const string Path = "/fdsnws/event/1/query?format=geojson&starttime=2018-01-31";

    [Theory]
    [InlineData("limit=20001", "Bad limit value \"20001\". Valid values are 0 <= limit <= 20000")]
    [InlineData("limit=-1", "Bad limit value \"-1\". Valid values are 0 <= limit <= 20000")]
    [InlineData("offset=0", "Bad offset value \"0\". Valid values are 1 <= offset")]
    [InlineData("endtime=yesterday", "Bad endtime value \"yesterday\". Valid values are ISO-8601 timestamps.")]
    [InlineData("endtime=2018-02-01T00:00:00+00:00", "Bad endtime value \"2018-02-01T00:00:00 00:00\". Valid values are ISO-8601 timestamps.")]
    [InlineData("minmagnitude=big", "Bad minmagnitude value \"big\". Valid values are numeric")]
    [InlineData("maxradiuskm=20002", "Bad maxradiuskm value \"20002\". Valid values are 0 <= maxradiuskm <= 20001.6")]
    [InlineData("orderby=size", "Bad orderby value \"size\". Valid values are: \"time\", \"time-asc\", \"magnitude\", \"magnitude-asc\".")]
    [InlineData("page=2", "Unknown parameter \"page\".")]
    [InlineData("minlatitude=2&maxlatitude=1", "minlatitude must be less than maxlatitude")]
    [InlineData("latitude=2", "Invalid area-circle parameter combination.\nlatitude, longitude, and maxradius must all be specified for area-circle.")]
    [InlineData("maxlongitude=190", "Searches that cross dateline require both minlongitude and maxlongitude.")]
    public async Task a_bad_parameter_is_a_400_in_the_words_of_the_service(string parameter, string message)
    {
        await using var api = await Api.StartAsync(new());

        using var response = await api.GetAsync($"{Path}&{parameter}");

        Assert.Equal((400, "text/plain"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var expected = $"Error 400: Bad Request\n\n{message}\n\nUsage details are available from {api.Server.BaseAddress}fdsnws/event/1\n\n"
            + $"Request:\n{response.RequestMessage!.RequestUri!.PathAndQuery}\n\nRequest Submitted:\n2018-02-07T12:00:00+00:00\n\nService version:\n1.14.1";
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task more_matches_than_the_service_allows_are_a_400_unless_a_limit_is_given()
    {
        await using var api = await Api.StartAsync(new() { Earthquakes = new() { MaxEvents = 1000 } });

        using var response = await api.GetAsync(Path);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("\n1707 matching events exceeds search limit of 1000. Modify the search to match fewer events.\n", await response.Content.ReadAsStringAsync());
        Assert.Equal(200, await api.StatusAsync(Path + "&limit=1000"));
        Assert.Equal(400, await api.StatusAsync(Path + "&limit=1001"));
        var count = await api.GetJsonAsync("/fdsnws/event/1/count?format=geojson&starttime=2018-01-31");
        Assert.StartsWith("1707 matching events exceeds search limit of 1000. A query using these", count.GetProperty("error").GetString());
    }

    [Fact]
    public async Task a_caller_that_asks_for_json_errors_gets_them_with_status_200()
    {
        await using var api = await Api.StartAsync(new());

        var json = await api.GetJsonAsync(Path + "&jsonerror=true&limit=20001");

        var metadata = json.GetProperty("metadata");
        Assert.Equal((400, "Search Error"), (metadata.GetProperty("status").GetInt32(), metadata.GetProperty("title").GetString()));
        Assert.Equal(JsonValueKind.Array, json.GetProperty("features").ValueKind);
    }

    [Theory]
    [InlineData("/fdsnws/event/1/query?starttime=2018-01-31")]
    [InlineData("/fdsnws/event/1/query?format=csv")]
    [InlineData("/fdsnws/event/1/query?format=geojson&includedeleted=true")]
    public async Task what_only_the_real_service_can_do_is_a_501_that_says_so(string path)
    {
        await using var api = await Api.StartAsync(new());

        using var response = await api.GetAsync(path);

        Assert.Equal(501, (int)response.StatusCode);
        Assert.Contains("The simulator does not implement", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task a_key_in_the_query_is_no_unknown_parameter()
    {
        await using var api = await Api.StartAsync(new() { Keys = new() { Known = [new("alice", "s3cret")] } });

        Assert.Equal(200, await api.StatusAsync(Path + "&api_key=s3cret"));
    }
}
