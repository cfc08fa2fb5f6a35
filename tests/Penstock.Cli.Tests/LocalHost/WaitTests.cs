using System.Net;
using System.Text.Json;

namespace Penstock.Cli.Tests.LocalHost;

public class WaitTests
{
    [Fact]
    public async Task a_run_is_triggered_and_waited_for_until_it_is_curated()
    {
        var stores = new RunningStores();
        stores.Pipelines.Pipeline = stores.Pipelines.Pipeline with { Schedule = null };
        await using RunningHost host = await RunningHost.StartAsync(stores: stores);
        HttpResponseMessage begun = await host.SendAsync("/api/pipelines/sample/runs", "{}");
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        string url = JsonDocument.Parse(await begun.Content.ReadAsStringAsync()).RootElement.GetProperty("runs")[0].GetProperty("url").GetString()!;
        JsonElement run = JsonDocument.Parse(await host.Client.GetStringAsync($"{url}?wait=60")).RootElement;
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(20, run.GetProperty("counts").GetProperty("curated").GetInt64());
        Assert.True(run.GetProperty("counts").GetProperty("isCurated").GetBoolean());
        Assert.True(run.GetProperty("cost").GetProperty("parts").GetProperty("total").GetDecimal() > 0);
    }
}
