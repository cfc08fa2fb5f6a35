using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Tests.Operate;

public class PauseTests
{
    private static async Task<(string ETag, string State)> GetAsync(ApiHost api, string pipeline)
    {
        HttpResponseMessage response = await api.Client.GetAsync($"/api/pipelines/{pipeline}");
        return (response.Headers.ETag!.Tag, (await response.JsonAsync()).GetProperty("state").GetString()!);
    }

    private static Task<HttpResponseMessage> PostAsync(ApiHost api, string path, string etag)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return api.Client.SendAsync(request);
    }

    [Fact]
    public async Task a_paused_pipeline_is_shown_so_everywhere_and_isnt_planned_until_it_is_resumed()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        api.Catalog.Entries[1] = new UsablePipeline(new Pipeline { Name = "crm", Schedule = new Every(TimeSpan.FromMinutes(1)), Streams = [new PipelineStream { Name = "deals" }] });
        JsonElement paused = await (await OperateTests.PostAsync(api, "/api/pipelines/crm/pause", """{"reason":"The source moves."}""")).JsonAsync();
        Assert.Equal(("paused", "key", "The source moves."), (paused.GetProperty("state").GetString(), paused.GetProperty("pause").GetProperty("by").GetString(), paused.GetProperty("pause").GetProperty("reason").GetString()));
        JsonElement overview = await (await api.Client.GetAsync("/api/overview")).JsonAsync();
        Assert.Equal(1, overview.GetProperty("totals").GetProperty("paused").GetInt32());
        await PlanAsync();
        Assert.Empty(await OpenAsync());

        Assert.Equal("ready", (await (await OperateTests.PostAsync(api, "/api/pipelines/crm/resume")).JsonAsync()).GetProperty("state").GetString());
        await PlanAsync();
        Assert.Single(await OpenAsync());

        Task PlanAsync() => api.Services.GetRequiredService<PlanStage>().RunAsync(api.Stores.Time.GetUtcNow().AddMinutes(1));
        async Task<List<OpenRunMarker>> OpenAsync() => await api.Services.GetRequiredService<RunBook>().ListOpenAsync().ToListAsync();
    }

    [Fact]
    public async Task a_change_of_what_somebody_else_changed_is_refused()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (string first, _) = await GetAsync(api, "crm");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(api, "/api/pipelines/crm/pause", first)).StatusCode);
        await (await PostAsync(api, "/api/pipelines/crm/resume", first)).ProblemAsync(ProblemTypes.Changed);
        (string second, string state) = await GetAsync(api, "crm");
        Assert.Equal("paused", state);
        HttpResponseMessage resumed = await PostAsync(api, "/api/pipelines/crm/resume", second);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.Equal((await GetAsync(api, "crm")).ETag, resumed.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(api, "/api/pipelines/crm/pause", "*")).StatusCode);
    }

    [Fact]
    public async Task of_two_at_once_with_one_etag_one_is_refused()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await OperateTests.PostAsync(api, "/api/pipelines/crm/pause");
        (string etag, _) = await GetAsync(api, "crm");
        HttpResponseMessage[] answers = await Task.WhenAll(
            PostAsync(api, "/api/pipelines/crm/resume", etag), PostAsync(api, "/api/pipelines/crm/resume", etag), PostAsync(api, "/api/pipelines/crm/resume", etag));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task what_a_file_pauses_no_operator_resumes()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        api.Catalog.Entries[1] = new UsablePipeline(new Pipeline { Name = "crm", Paused = true, Streams = [new PipelineStream { Name = "deals" }] });
        JsonElement problem = await (await OperateTests.PostAsync(api, "/api/pipelines/crm/resume")).ProblemAsync(ProblemTypes.Conflict);
        Assert.Contains("crm/pipeline.yaml", problem.GetProperty("detail").GetString());
        await (await OperateTests.PostAsync(api, "/api/pipelines/nothing/pause")).ProblemAsync(ProblemTypes.UnknownPipeline);
        await (await OperateTests.PostAsync(api, "/api/pipelines/crm/pause", """{"why":"x"}""")).ProblemAsync(ProblemTypes.Invalid);
    }
}
