using System.Text.Json;

namespace Penstock.Simulator.Tests;

public sealed class EarthquakeTests : IAsyncLifetime
{
    private const string Query = "/fdsnws/event/1/query?format=geojson&starttime=2018-01-31";

    private Api _api = null!;

    public async ValueTask InitializeAsync() => _api = await Api.StartAsync(new());

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task the_whole_week_is_one_feature_collection_newest_first()
    {
        var json = await _api.GetJsonAsync(Query);

        var metadata = json.GetProperty("metadata");
        Assert.Equal("FeatureCollection", json.GetProperty("type").GetString());
        Assert.Equal(1518004800000, metadata.GetProperty("generated").GetInt64());
        Assert.Equal(_api.Server.BaseAddress + Query[1..], metadata.GetProperty("url").GetString());
        Assert.Equal(("USGS Earthquakes", 200, 1707), (metadata.GetProperty("title").GetString(), metadata.GetProperty("status").GetInt32(), metadata.GetProperty("count").GetInt32()));
        Assert.False(metadata.TryGetProperty("limit", out _));
        Assert.Equal([-179.6445, -65.8617, -2.79, 178.8275, 83.0422, 573.76], json.GetProperty("bbox").EnumerateArray().Select(side => side.GetDouble()));
        var times = Properties(json, "time").Select(time => time.GetInt64()).ToList();
        Assert.Equal(times.OrderDescending(), times);
        Assert.Equal(1707, Ids(json).Distinct().Count());
        Assert.Equal("ci37868143", Ids(json)[0]);
        Assert.Equal(1707, _api.Server.ServedIds("earthquakes").Count());
    }

    [Fact]
    public async Task without_a_start_only_the_last_thirty_days_match()
    {
        Assert.Equal(1707, await CountAsync("/fdsnws/event/1/query?format=geojson"));
        _api.Clock.Advance(TimeSpan.FromDays(26));
        Assert.Equal(911, await CountAsync("/fdsnws/event/1/query?format=geojson"));
        _api.Clock.Advance(TimeSpan.FromDays(26));
        Assert.Equal(0, await CountAsync("/fdsnws/event/1/query?format=geojson"));
    }

    [Fact]
    public async Task both_ends_of_the_time_range_are_inclusive()
    {
        // us1000cfm4 happened in the very millisecond of 11:18:48.000.
        var exact = await _api.GetJsonAsync("/fdsnws/event/1/query?format=geojson&start=2018-02-04T11:18:48&end=2018-02-04T11:18:48");

        var time = Assert.Single(Properties(exact, "time"));
        Assert.Equal(0, time.GetInt64() % 1000);
    }

    [Fact]
    public async Task times_are_cut_to_whole_seconds_before_they_are_compared()
    {
        // ci37868143, at 01:26:13.840: an end of .999 in the same second doesn't reach it, a start of .999 does.
        Assert.Equal(0, await CountAsync(Query + "&starttime=2018-02-07T01:26:13&endtime=2018-02-07T01:26:13.999"));
        Assert.Equal(1, await CountAsync(Query + "&starttime=2018-02-07T01:26:13.999&endtime=2018-02-07T01:26:14"));
    }

    [Theory]
    [InlineData("2018-02-06")]
    [InlineData("2018-02-06T00:00")]
    [InlineData("2018-02-06T00:00:00")]
    [InlineData("2018-02-06 00:00:00")]
    [InlineData("2018-02-06T00:00:00.000000")]
    [InlineData("2018-02-06T00:00:00Z")]
    [InlineData("2018-02-06T00:00:00.000Z")]
    [InlineData("2018-02-06T01:30:00%2B01:30")]
    public async Task a_time_may_be_written_in_every_usual_form_of_iso_8601(string time)
    {
        Assert.Equal(await CountAsync("/fdsnws/event/1/query?format=geojson&starttime=2018-02-06"),
            await CountAsync($"/fdsnws/event/1/query?format=geojson&starttime={time}"));
    }

    [Fact]
    public async Task pages_from_offset_one_make_up_the_whole()
    {
        var whole = Ids(await _api.GetJsonAsync(Query + "&orderby=time-asc"));
        var paged = new List<string>();
        var counts = new List<int>();
        for (var offset = 1; counts is [] or [.., 500]; offset += 500)
        {
            var page = await _api.GetJsonAsync($"{Query}&orderby=time-asc&limit=500&offset={offset}");
            counts.Add(page.GetProperty("metadata").GetProperty("count").GetInt32());
            Assert.Equal((500, offset), (page.GetProperty("metadata").GetProperty("limit").GetInt32(), page.GetProperty("metadata").GetProperty("offset").GetInt32()));
            paged.AddRange(Ids(page));
        }

        Assert.Equal([500, 500, 500, 207], counts);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task an_offset_without_a_limit_is_ignored() => Assert.Equal(1707, await CountAsync(Query + "&offset=1000"));

    [Fact]
    public async Task nothing_found_is_an_empty_collection_and_not_a_204()
    {
        var json = await _api.GetJsonAsync(Query + "&minmagnitude=9.5&nodata=404");

        Assert.Equal(0, json.GetProperty("metadata").GetProperty("count").GetInt32());
        Assert.Empty(json.GetProperty("features").EnumerateArray());
        Assert.False(json.TryGetProperty("bbox", out _));
    }

    [Theory]
    [InlineData("minmagnitude=5", 39)]
    [InlineData("minmagnitude=4.5&maxmagnitude=4.5", 12)]
    [InlineData("eventtype=quarry_blast,explosion", 28)]
    [InlineData("eventtype=quarry%20blast", 13)]
    [InlineData("reviewstatus=automatic", 493)]
    [InlineData("magnitudetype=MWW", 19)]
    [InlineData("alertlevel=green", 12)]
    [InlineData("mindepth=573.76", 1)]
    [InlineData("minfelt=1", 121)]
    [InlineData("minlatitude=60&maxlatitude=72&minlongitude=-170&maxlongitude=-140", 212)]
    [InlineData("latitude=19.4&longitude=-155.3&maxradiuskm=100", 45)]
    public async Task the_filters_of_the_service_work(string filter, int expected) =>
        Assert.Equal(expected, await CountAsync($"{Query}&{filter}"));

    [Fact]
    public async Task a_rectangle_may_cross_the_date_line()
    {
        var crossing = await CountAsync(Query + "&minlongitude=170&maxlongitude=190");

        Assert.Equal(await CountAsync(Query + "&minlongitude=170") + await CountAsync(Query + "&maxlongitude=-170"), crossing);
        Assert.Equal(crossing, await CountAsync(Query + "&minlongitude=-190&maxlongitude=-170"));
        Assert.Equal(1707, await CountAsync(Query + "&minlongitude=-180&maxlongitude=180"));
    }

    [Fact]
    public async Task updated_after_finds_events_that_were_revised_since()
    {
        var json = await _api.GetJsonAsync(Query + "&updatedafter=2018-02-07T00:00:00");

        var updates = Properties(json, "updated").Select(updated => updated.GetInt64()).ToList();
        Assert.Equal(42, updates.Count);
        Assert.All(updates, updated => Assert.True(updated >= 1517961600000));
        Assert.Contains(Properties(json, "time"), time => time.GetInt64() < 1517961600000);
    }

    [Theory]
    [InlineData("time", "time", false)]
    [InlineData("time-asc", "time", true)]
    [InlineData("magnitude", "mag", false)]
    [InlineData("magnitude-asc", "mag", true)]
    public async Task results_come_in_the_order_asked_for(string order, string property, bool ascending)
    {
        var values = Properties(await _api.GetJsonAsync($"{Query}&orderby={order}"), property).Select(value => value.GetDouble()).ToList();

        Assert.Equal(ascending ? values.Order() : values.OrderDescending(), values);
    }

    [Fact]
    public async Task an_event_id_gives_one_feature_in_full_whatever_else_is_asked()
    {
        var json = await _api.GetJsonAsync(Query + "&eventid=ci37868143&minmagnitude=9");

        Assert.Equal(("Feature", "ci37868143"), (json.GetProperty("type").GetString(), json.GetProperty("id").GetString()));
        Assert.True(json.GetProperty("properties").TryGetProperty("products", out _));
        Assert.False(json.GetProperty("properties").TryGetProperty("detail", out _));
        using var missing = await _api.GetAsync(Query + "&eventid=nothing");
        Assert.Equal(404, (int)missing.StatusCode);
        Assert.StartsWith("Error 404: Not Found", await missing.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("count?starttime=2018-01-31", "text/plain", "1707")]
    [InlineData("count?starttime=2018-01-31&format=geojson", "application/json", """{"count":1707,"maxAllowed":20000}""")]
    [InlineData("count?starttime=2018-01-31&format=xml", "application/xml", "<query><count>1707</count><maxAllowed>20000</maxAllowed></query>")]
    [InlineData("version", "text/plain", "1.14.1")]
    public async Task count_and_version_answer_as_the_service_does(string path, string type, string body)
    {
        using var response = await _api.GetAsync("/fdsnws/event/1/" + path);

        Assert.Equal((type, body), (response.Content.Headers.ContentType!.MediaType, await response.Content.ReadAsStringAsync()));
    }

    private async Task<int> CountAsync(string path) => (await _api.GetJsonAsync(path)).GetProperty("features").GetArrayLength();

    private static List<string> Ids(JsonElement json) => [.. json.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!)];

    private static IEnumerable<JsonElement> Properties(JsonElement json, string name) =>
        json.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties").GetProperty(name));
}
