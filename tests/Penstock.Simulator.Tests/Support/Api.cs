using System.Text.Json;
using Penstock.Testing;

namespace Penstock.Simulator.Tests;

/// <summary>A running simulator, its clock, and someone who calls it over loopback.</summary>
internal sealed class Api : IAsyncDisposable
{
    private Api(SimulatedApi server, ManualTimeProvider clock, HttpClient client) => (Server, Clock, Client) = (server, clock, client);

    public static readonly DateTimeOffset Noon = new(2018, 2, 7, 12, 0, 0, TimeSpan.Zero);

    public SimulatedApi Server { get; }
    public ManualTimeProvider Clock { get; }
    public HttpClient Client { get; }

    public static async Task<Api> StartAsync(SimulatorOptions options, DateTimeOffset? now = null)
    {
        var clock = new ManualTimeProvider(now ?? Noon);
        var server = await SimulatedApi.StartAsync(options, clock, new Random(7), TestContext.Current.CancellationToken);
        return new(server, clock, new HttpClient { BaseAddress = server.BaseAddress });
    }

    public Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage>? prepare = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        prepare?.Invoke(request);
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return json.RootElement.Clone();
    }

    public async Task<int> StatusAsync(string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var response = await GetAsync(path, prepare);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
