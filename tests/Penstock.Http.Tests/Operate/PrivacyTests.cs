using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Subjects;

namespace Penstock.Http.Tests.Operate;

public class PrivacyTests
{
    [Fact]
    public async Task a_subject_is_erased_and_the_report_can_be_read_as_it_goes_on()
    {
        await using ApiHost api = await StartAsync();
        await ReceiveAsync(api, """{"id":1,"email":"ada@example.com","n":1}""", """{"id":2,"email":"bob@example.com","n":2}""");
        HttpResponseMessage begun = await PostAsync(api, "/api/erasures", """{"subject":{"email":"ada@example.com"}}""");
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        string place = begun.Headers.Location!.ToString();
        Assert.Equal("requested", (await begun.JsonAsync()).GetProperty("status").GetString());
        Assert.Equal(place, (await PostAsync(api, "/api/erasures", """{"subject":{"email":["ADA@example.com"]}}""")).Headers.Location!.ToString());
        for (int i = 0; i < 5; i++)
        {
            await WorkAsync(api);
            api.Stores.Time.Advance(TimeSpan.FromMinutes(31));
        }

        string text = await api.Client.GetStringAsync(place);
        JsonElement erasure = JsonDocument.Parse(text).RootElement;
        Assert.Equal("completed", erasure.GetProperty("status").GetString());
        Assert.Equal(
            [("curated", 1), ("raw", 1)],
            erasure.GetProperty("found").EnumerateArray().Select(found => (found.GetProperty("store").GetString()!, found.GetProperty("records").GetInt32())));
        Assert.Contains("crm/contacts", erasure.GetProperty("notSearched").EnumerateArray().Select(stream => stream.GetString()));
        string findings = await api.Client.GetStringAsync($"{place}/findings?limit=1");
        Assert.Contains("\"next\"", findings);
        Assert.Contains("sha256Before", await api.Client.GetStringAsync($"{place}/findings"));
        Assert.DoesNotContain("ada@", text + findings);
        Assert.Single((await (await api.Client.GetAsync("/api/erasures")).JsonAsync()).GetProperty("items").EnumerateArray());
        Assert.Equal(["""{"id":2,"email":"bob@example.com","n":2}"""], await CuratedAsync(api));
    }

    [Fact]
    public async Task what_is_no_subject_is_refused_without_repeating_the_name()
    {
        await using ApiHost api = await StartAsync();
        foreach (string body in new[] { "{}", """{"subject":7}""", """{"subject":{}}""", """{"subject":{"email":true}}""", """{"subject":{"phone":"0123 456"}}""", """{"subject":{"email":""}}""" })
        {
            JsonElement problem = await (await PostAsync(api, "/api/erasures", body)).ProblemAsync(ProblemTypes.Invalid);
            Assert.DoesNotContain("0123 456", problem.GetRawText());
        }

        await (await api.Client.GetAsync("/api/erasures/none")).ProblemAsync(ProblemTypes.UnknownErasure);
        await (await api.Client.GetAsync("/api/erasures/none/findings")).ProblemAsync(ProblemTypes.UnknownErasure);
        api.Stores.Secrets.Set("subject-key", null);
        await (await PostAsync(api, "/api/erasures", """{"subject":{"email":"a@b.c"}}""")).ProblemAsync(ProblemTypes.NotReady);
    }

    [Fact]
    public async Task quarantine_is_listed_page_by_page_inspected_replayed_and_discarded()
    {
        await using ApiHost api = await StartAsync();
        await ReceiveAsync(api, """{"id":1,"n":"a"}""", """{"id":2,"n":2}""", """{"id":3,"n":"c"}""", """{"id":4,"n":"d"}""");
        await WorkAsync(api);
        var ids = new List<string>();
        string? next = null;
        do
        {
            JsonElement page = await (await api.Client.GetAsync($"/api/quarantine?pipeline=shop&limit=2{(next is null ? "" : $"&after={next}")}")).JsonAsync();
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out JsonElement more) ? more.GetString() : null;
        }
        while (next is not null);
        Assert.Equal([1, 3, 4], ids.Select(id => int.Parse(id.Split(',')[^1])));
        JsonElement one = await (await api.Client.GetAsync($"/api/quarantine/{ids[1]}")).JsonAsync();
        Assert.Equal(("logicalType", "n", "c"), (one.GetProperty("rule").GetString(), one.GetProperty("path").GetString(), one.GetProperty("record").GetProperty("n").GetString()));

        Use(api, null);
        HttpResponseMessage replay = await PostAsync(api, "/api/quarantine/replay", $$"""{"ids":["{{ids[0]}}"]}""");
        Assert.Equal((HttpStatusCode.Accepted, 1), (replay.StatusCode, (await replay.JsonAsync()).GetProperty("records").GetInt32()));
        await WorkAsync(api);
        Assert.Equal(2, (await CuratedAsync(api)).Count);
        Assert.Equal(1, (await (await api.Client.DeleteAsync($"/api/quarantine/{ids[1]}")).JsonAsync()).GetProperty("discarded").GetInt32());
        Assert.Equal(0, (await (await api.Client.DeleteAsync($"/api/quarantine/{ids[1]}")).JsonAsync()).GetProperty("discarded").GetInt32());
        Assert.Equal(1, (await (await PostAsync(api, "/api/quarantine/discard", """{"pipeline":"shop","rule":"logicalType"}""")).JsonAsync()).GetProperty("discarded").GetInt32());
        await (await api.Client.GetAsync($"/api/quarantine/{ids[1]}")).ProblemAsync(ProblemTypes.UnknownQuarantined);
    }

    [Theory]
    [InlineData("GET", "/api/quarantine?stream=orders")]
    [InlineData("GET", "/api/quarantine?after=x")]
    [InlineData("GET", "/api/quarantine?limit=0")]
    public async Task a_question_that_makes_no_sense_is_refused(string method, string address)
    {
        await using ApiHost api = await StartAsync();
        await (await api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), address))).ProblemAsync(ProblemTypes.BadRequest);
        await (await PostAsync(api, "/api/quarantine/replay", "{}")).ProblemAsync(ProblemTypes.Invalid);
        await (await PostAsync(api, "/api/quarantine/discard", """{"rule":"x"}""")).ProblemAsync(ProblemTypes.Invalid);
        await (await api.Client.DeleteAsync("/api/quarantine/x")).ProblemAsync(ProblemTypes.UnknownQuarantined);
    }

    [Fact]
    public async Task a_webhook_of_a_stream_that_encrypts_waits_for_its_key()
    {
        await using ApiHost api = await StartAsync();
        Use(api, null, new RawEncryption(["email"]));
        var batch = new ReceivedBatch("shop", "orders", "test", api.Stores.Time.GetUtcNow(), [Encoding.UTF8.GetBytes("""{"id":1,"email":"a@b.c"}""")]);
        Assert.IsType<BatchWaits>(await api.Services.GetRequiredService<ReceiveStage>().RunAsync(batch));
    }

    private static async Task<ApiHost> StartAsync()
    {
        ApiHost api = await ApiHost.StartAsync();
        api.Catalog.Entries.RemoveAll(entry => entry is BrokenPipeline);
        api.Stores.Secrets.Set("subject-key", "another one of the same length");
        Use(api, new Contract("orders", "1.0.0", [new ContractProperty { Name = "n", Type = LogicalType.Integer }]));
        return api;
    }

    private static void Use(ApiHost api, Contract? contract, RawEncryption? encryption = null)
    {
        api.Catalog.Entries.RemoveAll(entry => entry.Name == "shop");
        api.Catalog.Entries.Add(new UsablePipeline(new Pipeline
        {
            Name = "shop",
            Streams =
            [
                new PipelineStream
                {
                    Name = "orders", Key = ["id"], Reception = new Reception("orders", null), Contract = contract, RawEncryption = encryption,
                    Subject = new StreamSubject([new SubjectPath("email", "email")]),
                },
            ],
        }));
    }

    private static async Task ReceiveAsync(ApiHost api, params string[] records) =>
        Assert.IsType<BatchLanded>(await api.Services.GetRequiredService<ReceiveStage>().RunAsync(
            new ReceivedBatch("shop", "orders", "test", api.Stores.Time.GetUtcNow(), [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))])));

    private static async Task WorkAsync(ApiHost api)
    {
        foreach (string queue in QueueNames.All.Concat(QueueNames.All))
        {
            while (await api.Stores.Queue.ReceiveAsync(queue, 1, TimeSpan.FromMinutes(1)) is [var item])
            {
                await api.Services.GetRequiredService<WorkDispatcher>().HandleAsync(queue, item.Body, api.Stores.Time.GetUtcNow().AddMinutes(5));
                await api.Stores.Queue.CompleteAsync(item);
            }
        }
    }

    private static async Task<List<string>> CuratedAsync(ApiHost api) =>
        await api.Stores.Curated.ReadAsync(new CuratedTable("shop", "orders")).Select(record => Encoding.UTF8.GetString(record.Json.Span)).ToListAsync();

    private static Task<HttpResponseMessage> PostAsync(ApiHost api, string address, string body) =>
        api.Client.PostAsync(address, new StringContent(body, Encoding.UTF8, "application/json"));
}
