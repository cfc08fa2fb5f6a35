using System.Text.Json;
using Penstock.Functions.Hosting;

namespace Penstock.Functions.Tests;

public sealed class HostJsonTests
{
    private static readonly JsonElement Host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json"))).RootElement;

    [Fact]
    public void it_is_version_two_and_has_nothing_but_known_members() =>
        Assert.Equal(["version", "functionTimeout", "extensions", "concurrency", "logging"], Host.EnumerateObject().Select(member => member.Name));

    [Fact]
    public void a_stage_stops_gracefully_well_before_the_host_kills_it() =>
        Assert.True(WorkLimits.TimeLimit * 2 <= Duration(Host.GetProperty("functionTimeout")));

    [Fact]
    public void the_paths_have_no_prefix_so_that_they_are_the_local_hosts() => Assert.Equal("", Extension("http").GetProperty("routePrefix").GetString());

    [Fact]
    public void a_message_is_not_tried_five_times_at_once()
    {
        Assert.Equal(5, Extension("queues").GetProperty("maxDequeueCount").GetInt32());
        Assert.True(Duration(Extension("queues").GetProperty("visibilityTimeout")) >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void messages_are_base64_as_they_are_sent() => Assert.Equal("base64", Extension("queues").GetProperty("messageEncoding").GetString());

    [Fact]
    public void every_landed_batch_of_events_is_checkpointed() => Assert.Equal(1, Extension("eventHubs").GetProperty("batchCheckpointFrequency").GetInt32());

    [Fact]
    public void events_that_came_before_the_app_first_ran_are_received() =>
        Assert.Equal("fromStart", Extension("eventHubs").GetProperty("initialOffsetOptions").GetProperty("type").GetString());

    [Fact]
    public void the_guide_explains_every_value()
    {
        string guide = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "host.md"));

        Assert.All(Leaves(Host).Where(name => name != "version"), name => Assert.Contains($"`{name}`", guide.Replace($".{name}`", $"`{name}`"), StringComparison.Ordinal));
    }

    private static JsonElement Extension(string name) => Host.GetProperty("extensions").GetProperty(name);

    private static TimeSpan Duration(JsonElement value) => TimeSpan.Parse(value.GetString()!);

    // The figures under the sampling settings, the log levels and the first offset are explained together.
    private static IEnumerable<string> Leaves(JsonElement value) => value.EnumerateObject().SelectMany(member =>
        member.Value.ValueKind == JsonValueKind.Object && member.Name is not ("samplingSettings" or "logLevel" or "initialOffsetOptions")
            ? Leaves(member.Value)
            : [member.Name]);
}
