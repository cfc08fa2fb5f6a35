namespace Penstock.Simulator.Tests;

public sealed class OptionsTests
{
    public static TheoryData<string, SimulatorOptions> Bad => new()
    {
        { "Port is 70000; it must be a TCP port", new() { Port = 70000 } },
        { "Calls is 0; it must be more than zero", new() { Quotas = [new Quota.FixedWindow(0, TimeSpan.FromSeconds(1))] } },
        { "Window is 00:00:00; it must be more than zero", new() { Quotas = [new Quota.MovingWindow(1, TimeSpan.Zero)] } },
        { "PerSecond is NaN", new() { Quotas = [new Quota.TokenBucket(1, double.NaN)] } },
        { "same quota name, \"fixed\"", new() { Quotas = [new Quota.FixedWindow(1, TimeSpan.FromSeconds(1)), new Quota.FixedWindow(2, TimeSpan.FromDays(1))] } },
        { "same key name, \"a\"", new() { Keys = new() { Known = [new("a", "1"), new("a", "2")] } } },
        { "Probability is 1.5", new() { Faults = new() { Probability = 1.5 } } },
        { "Script is numbered from 0", new() { Faults = new() { Script = new Dictionary<long, Fault?> { [0] = null } } } },
        { "Status is 200", new() { Faults = new() { Kinds = [new Fault.ServerError(200)] } } },
        { "Name is \"Users\"; it must be made of lower-case letters", new() { Datasets = [new("Users")] } },
        { "Name is fdsnws", new() { Datasets = [new("fdsnws")] } },
        { "same dataset name, \"a\"", new() { Datasets = [new("a"), new("a")] } },
        { "Spacing is 00:00:00", new() { Datasets = [new("a") { Children = [new("b") { Spacing = TimeSpan.Zero }] }] } },
        { "MaxPageSize is 10; it must be at least PageSize, 100", new() { Datasets = [new("a") { MaxPageSize = 10 }] } },
        { "1,000,000,000 over all parents", new() { Datasets = [new("a") { Count = 100_000, Children = [new("b") { Count = 100_000 }] }] } },
        { "MaxEvents is 0", new() { Earthquakes = new() { MaxEvents = 0 } } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task an_option_out_of_range_is_named(string expected, SimulatorOptions options)
    {
        var problem = await Assert.ThrowsAsync<ArgumentException>(() => SimulatedApi.StartAsync(options));

        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public async Task it_listens_on_this_machine_only_and_on_the_port_asked_for()
    {
        await using var any = await SimulatedApi.StartAsync(new());
        Assert.Equal("127.0.0.1", any.BaseAddress.Host);
        var port = any.BaseAddress.Port;
        await any.DisposeAsync();

        await using var same = await SimulatedApi.StartAsync(new() { Port = port });

        Assert.Equal(port, same.BaseAddress.Port);
        await Assert.ThrowsAsync<IOException>(() => SimulatedApi.StartAsync(new() { Port = port }));
    }

    [Fact]
    public async Task without_the_earthquakes_their_routes_are_a_404()
    {
        await using var api = await Api.StartAsync(new() { Earthquakes = null });

        Assert.Equal(404, await api.StatusAsync("/fdsnws/event/1/version"));
        Assert.Empty(api.Server.Statistics.Datasets);
    }
}
