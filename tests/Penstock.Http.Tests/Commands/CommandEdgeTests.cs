using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Commands;
using Penstock.Http.Problems;
using Penstock.Http.Tests.Operate;
using Penstock.Pipelines.Operating;

namespace Penstock.Http.Tests.Commands;

public class CommandEdgeTests
{
    private static async Task<JsonElement[]> ActivityAsync(ApiHost api, string query = "") =>
        [.. (await (await api.Client.GetAsync($"/api/activity{query}")).JsonAsync()).GetProperty("items").EnumerateArray()];

    [Fact]
    public async Task a_request_that_is_sent_again_with_its_key_is_done_once_and_answered_alike()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage first = await OperateTests.PostAsync(api, "/api/pipelines/crm/runs", key: "k");
        api.Stores.Time.Advance(TimeSpan.FromMinutes(5));
        HttpResponseMessage second = await OperateTests.PostAsync(api, "/api/pipelines/crm/runs", key: "k");
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        await (await OperateTests.PostAsync(api, "/api/pipelines/crm/runs", """{"streams":["deals"]}""", "k")).ProblemAsync(ProblemTypes.KeyReused);
        await (await OperateTests.PostAsync(api, "/api/pipelines/crm/pause", key: "k")).ProblemAsync(ProblemTypes.KeyReused);
    }

    [Fact]
    public async Task a_key_is_free_again_after_a_refusal_and_after_a_day()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await OperateTests.PostAsync(api, "/api/pipelines/nothing/pause", key: "k")).ProblemAsync(ProblemTypes.UnknownPipeline);
        Assert.Equal(HttpStatusCode.OK, (await OperateTests.PostAsync(api, "/api/pipelines/crm/pause", key: "k")).StatusCode);
        api.Stores.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, (await OperateTests.PostAsync(api, "/api/pipelines/crm/resume", key: "k")).StatusCode);
    }

    [Fact]
    public async Task what_was_done_is_listed_with_who_did_it_the_newest_first_also_what_was_refused()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        api.Client.DefaultRequestHeaders.Add(Operators.NameHeader, "ada");
        await OperateTests.PostAsync(api, "/api/pipelines/crm/pause", """{"reason":"test"}""");
        api.Stores.Time.Advance(TimeSpan.FromSeconds(1));
        await OperateTests.PostAsync(api, "/api/pipelines/nothing/pause");
        api.Stores.Time.Advance(TimeSpan.FromSeconds(1));
        await OperateTests.PostAsync(api, "/api/pipelines/crm/resume", "{");
        JsonElement[] entries = await ActivityAsync(api);
        Assert.Equal(["ResumePipeline 400 bad-body", "PausePipeline 404 unknown-pipeline", "PausePipeline 200 "], entries.Select(Line));
        Assert.All(entries, entry => Assert.Equal(("ada", "key", "127.0.0.1"), (Text(entry, "who"), Text(entry, "whoKind"), Text(entry, "from").Replace("::ffff:", ""))));
        Assert.Equal(("/api/pipelines/crm/pause", "test"), (Text(entries[2], "target"), entries[2].GetProperty("request").GetProperty("reason").GetString()));
        Assert.Equal(["PausePipeline 404 unknown-pipeline", "PausePipeline 200 "], (await ActivityAsync(api, "?action=PausePipeline&who=ada")).Select(Line));
        Assert.Empty(await ActivityAsync(api, "?who=bob"));
        JsonElement page = await (await api.Client.GetAsync("/api/activity?limit=2")).JsonAsync();
        Assert.Equal(["PausePipeline 200 "], (await ActivityAsync(api, $"?limit=2&after={page.GetProperty("next").GetString()}")).Select(Line));

        static string Line(JsonElement entry) => $"{Text(entry, "action")} {entry.GetProperty("status").GetInt32()} {(entry.TryGetProperty("problem", out JsonElement problem) ? problem.GetString() : "")}";
        static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task looking_is_no_activity()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await api.Client.GetAsync("/api/pipelines");
        Assert.Empty(await ActivityAsync(api));
    }

    private static HttpRequest Request(params (string Name, string Value)[] headers)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        foreach ((string name, string value) in headers)
            request.Headers[name] = value;
        return request;
    }

    private static string Principal(params string[] roles) => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        auth_typ = "aad", role_typ = "roles", claims = roles.Select(role => new { typ = "roles", val = role }),
    })));

    [Fact]
    public void entras_headers_count_only_where_app_service_authenticates()
    {
        HttpRequest request = Request(("X-MS-CLIENT-PRINCIPAL-NAME", "ada@example.org"), ("X-MS-CLIENT-PRINCIPAL-ID", "4711"));
        Assert.Equal(new Operator("entra", "ada@example.org", "4711"), new Operators(new OperatorOptions(HasEntraHeaders: true)).Of(request));
        Assert.Equal(new Operator("key", "key"), new Operators(new OperatorOptions()).Of(request));
    }

    [Theory]
    [InlineData(true, "Penstock.Operator")]
    [InlineData(true, "Penstock.Reader", "Penstock.Operator")]
    [InlineData(true)]
    [InlineData(true, "Another.Role")]
    [InlineData(false, "Penstock.Reader")]
    public void who_only_has_the_readers_role_may_not_change_anything(bool may, params string[] roles) =>
        Assert.Equal(may, new Operators(new OperatorOptions(HasEntraHeaders: true)).MayChange(Request(("X-MS-CLIENT-PRINCIPAL", Principal(roles)))));

    [Fact]
    public void a_principal_that_cannot_be_read_may_not_change_anything() =>
        Assert.False(new Operators(new OperatorOptions(HasEntraHeaders: true)).MayChange(Request(("X-MS-CLIENT-PRINCIPAL", "%%%"))));

    [Fact]
    public async Task a_reader_is_refused_and_that_is_written_down()
    {
        await using ApiHost api = await ApiHost.StartAsync(operators: new OperatorOptions(HasEntraHeaders: true));
        api.Client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", Principal("Penstock.Reader"));
        api.Client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL-NAME", "eve@example.org");
        await (await OperateTests.PostAsync(api, "/api/pipelines/crm/pause")).ProblemAsync(ProblemTypes.Forbidden);
        Assert.Equal(("eve@example.org", 403), ((await ActivityAsync(api))[0].GetProperty("who").GetString(), (await ActivityAsync(api))[0].GetProperty("status").GetInt32()));
    }
}
