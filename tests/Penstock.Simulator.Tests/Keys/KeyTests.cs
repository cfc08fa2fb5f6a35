using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Penstock.Simulator.Tests;

public sealed class KeyTests
{
    private const string Path = "/fdsnws/event/1/version";

    private static SimulatorOptions With(params ApiKey[] keys) => new() { Keys = new() { Known = keys } };

    public static TheoryData<string, Action<HttpRequestMessage>> Places => new()
    {
        { "header", request => request.Headers.Add("X-Api-Key", "s3cret") },
        { "bearer", request => request.Headers.Authorization = new("Bearer", "s3cret") },
        { "query", request => request.RequestUri = new Uri(Path + "?api_key=s3cret", UriKind.Relative) },
        { "basic user", request => request.Headers.Authorization = Basic("s3cret:") },
        { "basic password", request => request.Headers.Authorization = Basic("someone:s3cret") },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task a_key_is_taken_from_every_usual_place(string place, Action<HttpRequestMessage> put)
    {
        await using var api = await Api.StartAsync(With(new ApiKey("alice", "s3cret")));

        Assert.Equal(200, await api.StatusAsync(Path, put));
        Assert.True(api.Server.Statistics.CallsByKey["alice"] == 1, place);
    }

    [Fact]
    public async Task a_place_that_is_switched_off_is_not_looked_at()
    {
        await using var api = await Api.StartAsync(new() { Keys = new() { Known = [new("alice", "s3cret")], Places = KeyPlaces.Bearer } });

        Assert.Equal(401, await api.StatusAsync(Path, request => request.Headers.Add("X-Api-Key", "s3cret")));
        Assert.Equal(200, await api.StatusAsync(Path, request => request.Headers.Authorization = new("Bearer", "s3cret")));
    }

    [Fact]
    public async Task a_call_without_a_known_key_is_a_401_with_a_json_problem()
    {
        await using var api = await Api.StartAsync(With(new ApiKey("alice", "s3cret")));

        using var without = await api.GetAsync(Path);
        using var wrong = await api.GetAsync(Path, request => request.Headers.Add("X-Api-Key", "guess"));

        Assert.Equal((401, 401), ((int)without.StatusCode, (int)wrong.StatusCode));
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Bearer", wrong.Headers.WwwAuthenticate.Single().Scheme);
        using var problem = JsonDocument.Parse(await wrong.Content.ReadAsStringAsync());
        Assert.Equal(401, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal(2, api.Server.Statistics.Refused);
    }

    [Fact]
    public async Task a_revoked_key_or_one_for_something_else_is_a_403()
    {
        await using var api = await Api.StartAsync(With(
            new ApiKey("old", "1") { Revoked = true }, new ApiKey("narrow", "2") { Allowed = ["projects"] }, new ApiKey("right", "3") { Allowed = ["fdsnws"] }));

        Assert.Equal(403, await api.StatusAsync(Path, request => request.Headers.Add("X-Api-Key", "1")));
        Assert.Equal(403, await api.StatusAsync(Path, request => request.Headers.Add("X-Api-Key", "2")));
        Assert.Equal(200, await api.StatusAsync(Path, request => request.Headers.Add("X-Api-Key", "3")));
    }

    [Fact]
    public async Task the_log_never_shows_a_key()
    {
        await using var api = await Api.StartAsync(With(new ApiKey("alice", "s3cret")));

        await api.StatusAsync(Path + "?a=1&API_KEY=s3cret&b=2");

        var call = Assert.Single(api.Server.Statistics.Log);
        Assert.Equal((Path + "?a=1&API_KEY=***&b=2", "alice"), (call.Target, call.Key));
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic")]
    [InlineData("Digest x=y")]
    public async Task a_malformed_authorization_is_no_key(string value)
    {
        await using var api = await Api.StartAsync(With(new ApiKey("alice", "s3cret")));

        Assert.Equal(401, await api.StatusAsync(Path, request => request.Headers.TryAddWithoutValidation("Authorization", value)));
    }

    private static AuthenticationHeaderValue Basic(string pair) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
}
