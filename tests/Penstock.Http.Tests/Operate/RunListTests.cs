using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Tests.Operate;

public class RunListTests
{
    private static async Task<List<string>> ListAsync(ApiHost api, string path)
    {
        var all = new List<string>();
        string? next = null;
        do
        {
            JsonElement page = await (await api.Client.GetAsync(next is null ? path : $"{path}{(path.Contains('?') ? '&' : '?')}after={next}")).JsonAsync();
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("stream").GetString()} {item.GetProperty("id").GetString()}"));
            next = page.TryGetProperty("next", out JsonElement token) ? token.GetString() : null;
        }
        while (next is not null);
        return all;
    }

    [Fact]
    public async Task many_runs_of_several_streams_are_listed_in_pages_the_newest_first_each_once()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var expected = new List<string>();
        for (int i = 0; i < 170; i++)
        {
            // Of one stream many more than of the other, and now and then both at once.
            expected.Add($"deals {await RunHistories.EndAsync(api, "crm", "deals", i % 10 == 0 ? RunStatus.Failed : RunStatus.Completed)}");
            if (i % 40 == 0)
                expected.Add($"contacts {await RunHistories.EndAsync(api, "crm", "contacts")}");
            api.Stores.Time.Advance(TimeSpan.FromSeconds(1));
        }

        expected.Reverse();
        List<string> listed = await ListAsync(api, "/api/runs?limit=7");
        Assert.Equal(expected.Order(), listed.Order());
        Assert.Equal(expected.Select(run => run.Split(' ')[1]), listed.Select(run => run.Split(' ')[1]));
        Assert.Equal(expected.Where(run => run.StartsWith("contacts")), await ListAsync(api, "/api/runs?pipeline=crm&stream=contacts&limit=2"));
        Assert.Equal(17, (await ListAsync(api, "/api/runs?status=failed&limit=5")).Count);
        Assert.Empty(await ListAsync(api, "/api/runs?status=cancelled"));
    }

    [Fact]
    public async Task runs_that_go_on_come_first_and_a_run_that_ends_shows_what_it_landed()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var runs = api.Services.GetRequiredService<RunBook>();
        var documents = api.Services.GetRequiredService<DocumentStore>();
        string open = (await runs.BeginIncrementalAsync("crm", "contacts", api.Stores.Time.GetUtcNow()))!;
        api.Stores.Time.Advance(TimeSpan.FromMinutes(1));
        string id = (await runs.BeginIncrementalAsync("crm", "deals", api.Stores.Time.GetUtcNow()))!;
        Run run = (await documents.ChangeAsync<Run>(RunNames.Run("crm", "deals", id), run => run! with { Batches = 1, Slices = 2, Status = RunStatus.Running }))!.Value;
        await documents.CreateAsync(RunNames.Progress(run, 0), BatchProgress.None
            .With(0, new SliceEnd(SliceStatus.Landed, null, 5, null) { Calls = 3, Blobs = 1, Bytes = 90 })
            .With(1, new SliceEnd(SliceStatus.Failed, null, 2, "gone") { Calls = 2, Throttled = 1 }));
        await runs.EndAsync(run, RunStatus.Failed, "1 of 2 slices failed");
        JsonElement items = (await (await api.Client.GetAsync("/api/runs")).JsonAsync()).GetProperty("items");
        Assert.Equal([open, id], items.EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        JsonElement totals = items[1].GetProperty("totals");
        Assert.Equal((1, 1, 7, 5, 1), (Number("slicesLanded"), Number("slicesFailed"), Number("landed"), Number("calls"), Number("throttled")));
        int Number(string name) => totals.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task a_run_that_ends_twice_is_listed_once()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var runs = api.Services.GetRequiredService<RunBook>();
        string id = await RunHistories.EndAsync(api, "crm", "deals");
        await runs.EndAsync((await runs.FindAsync("crm", "deals", id))!.Value, RunStatus.Failed, "again");
        Assert.Equal([$"deals {id}"], await ListAsync(api, "/api/runs"));
    }

    [Fact]
    public async Task the_slices_of_a_run_are_listed_in_order_with_what_they_did()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var documents = api.Services.GetRequiredService<DocumentStore>();
        var run = new Run { Id = "r", Pipeline = "crm", Stream = "deals", Kind = RunKind.Backfill, CreatedAt = api.Stores.Time.GetUtcNow(), Batches = 3, Slices = 250 };
        await documents.CreateAsync(RunNames.Run("crm", "deals", "r"), run);
        foreach ((int batch, int first, int count) in ((int, int, int)[])[(0, 0, 100), (1, 100, 50), (2, 150, 100)])
        {
            StreamSlice[] slices = [.. Enumerable.Range(first, count).Select(i => new StreamSlice(StreamSlice.NoPartition, new SliceWindow($"{i}", $"{i + 1}")))];
            await documents.CreateAsync(RunNames.Batch(run, batch), new PlanBatch(first, slices, null));
        }

        await documents.CreateAsync(RunNames.Slice("crm", "deals", "r", 120), new SliceDocument
        {
            Slice = new StreamSlice(StreamSlice.NoPartition, new SliceWindow("120", "121")), Batch = 1, Status = SliceStatus.Open, Calls = 4, Throttled = 1, Remark = "quota",
        });
        var ordinals = new List<int>();
        string url = "/api/runs/crm/deals/r/slices?limit=60";
        for (string? next = ""; next is not null;)
        {
            JsonElement page = await (await api.Client.GetAsync(url + next)).JsonAsync();
            ordinals.AddRange(page.GetProperty("items").EnumerateArray().Select(slice => slice.GetProperty("slice").GetInt32()));
            next = page.TryGetProperty("next", out JsonElement token) ? $"&after={token.GetString()}" : null;
        }

        Assert.Equal(Enumerable.Range(0, 250), ordinals);
        JsonElement items = (await (await api.Client.GetAsync("/api/runs/crm/deals/r/slices?limit=2&after=118")).JsonAsync()).GetProperty("items");
        Assert.Equal(("planned", "119"), (items[0].GetProperty("status").GetString(), items[0].GetProperty("window").GetProperty("start").GetString()));
        Assert.Equal(("waiting", 4, "quota"), (items[1].GetProperty("status").GetString(), items[1].GetProperty("calls").GetInt32(), items[1].GetProperty("remark").GetString()));
    }
}
