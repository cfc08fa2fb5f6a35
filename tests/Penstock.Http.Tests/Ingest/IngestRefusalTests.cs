using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Bodies;
using Penstock.Http.Problems;

namespace Penstock.Http.Tests.Ingest;

public class IngestRefusalTests
{
    private static readonly byte[] Body = """{"id":1}"""u8.ToArray();

    [Theory]
    [InlineData("/ingest/nothing/orders", "unknown-pipeline")]
    [InlineData("/ingest/shop/nothing", "unknown-stream")]
    [InlineData("/ingest/shop/clicks", "unknown-stream")]
    [InlineData("/ingest/crm/contacts", "unknown-stream")]
    public async Task what_nobody_receives_is_not_found(string path, string type)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await api.PushAsync(Body, path: path)).ProblemAsync(ProblemTypes.All.Single(known => known.Name == type));
    }

    [Fact]
    public async Task a_broken_pipeline_asks_to_send_again_later_and_tells_nothing_of_its_file()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(Body, path: "/ingest/broken/orders");
        Assert.DoesNotContain("yaml", (await response.ProblemAsync(ProblemTypes.NotReady)).ToString());
        Assert.Equal(TimeSpan.FromMinutes(5), response.Headers.RetryAfter!.Delta);
    }

    public static TheoryData<string?> WrongSignatures() =>
    [
        (string?)null, "", "sha256=", "sha256=00", Webhook.Sign(Body)["sha256=".Length..], Webhook.Sign(Body, "another key"), Webhook.Sign("{\"id\":2}"u8),
        Webhook.Sign(Body)[..^1] + "g", Webhook.Sign(Body) + "00", "sha1=" + Webhook.Sign(Body)["sha256=".Length..],
    ];

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public async Task a_body_that_is_not_signed_is_refused_and_not_landed(string? signature)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        using HttpRequestMessage request = Webhook.Request(Body, "application/json", Webhook.Orders, signature is null ? [] : [("X-Hub-Signature-256", signature)]);
        HttpResponseMessage response = await api.Client.SendAsync(request);
        JsonElement problem = await response.ProblemAsync(ProblemTypes.WrongSignature);
        Assert.Contains("X-Hub-Signature-256", problem.GetProperty("detail").GetString());
        Assert.DoesNotContain("s3cr3t", problem.ToString());
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
        Assert.Empty(await api.LandedAsync("shop", "orders"));
    }

    [Fact]
    public async Task a_signature_in_capital_digits_and_one_of_two_is_right()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        string right = "sha256=" + Webhook.Sign(Body)["sha256=".Length..].ToUpperInvariant();
        using HttpRequestMessage request = Webhook.Request(Body, "application/json", Webhook.Orders, ("X-Hub-Signature-256", Webhook.Sign(Body, "old")), ("X-Hub-Signature-256", right));
        Assert.Equal(202, (int)(await api.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task without_our_key_nothing_is_taken_and_the_sender_is_asked_to_wait()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(Body, path: "/ingest/shop/keyless", headers: ("X-Sign", Webhook.Sign(Body, "")["sha256=".Length..]));
        Assert.DoesNotContain("no-such-key", (await response.ProblemAsync(ProblemTypes.NotReady)).ToString());
        Assert.Empty(await api.LandedAsync("shop", "keyless"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData(null)]
    public async Task another_content_type_is_refused_with_those_that_are_taken(string? contentType)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(Body, contentType);
        Assert.Contains("application/x-ndjson", (await response.ProblemAsync(ProblemTypes.WrongContentType)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task a_binary_cloud_event_of_other_data_is_refused()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(
            "<a/>", "text/xml", Webhook.Orders, ("ce-specversion", "1.0"), ("ce-id", "7"), ("ce-source", "/s"), ("ce-type", "t"));
        await response.ProblemAsync(ProblemTypes.WrongContentType);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task another_encoding_is_refused(string encoding)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(Body, headers: [("Content-Encoding", encoding)]);
        await response.ProblemAsync(ProblemTypes.WrongContentType);
        Assert.Contains("gzip", response.Headers.GetValues("Accept-Encoding").Single());
    }

    [Theory]
    [InlineData("application/json", "{\"id\":1,\n\"a\":}", 2, 5)]
    [InlineData("application/json", "", 1, 1)]
    [InlineData("application/json", "{\"id\":1}\n{\"id\":2}", 2, 1)]
    [InlineData("application/x-ndjson", "{\"id\":1}\n{\"id\":", 2, 7)]
    [InlineData("application/cloudevents+json", "{\"specversion\":\"1.0\"}", 1, 1)]
    public async Task a_body_that_cannot_be_read_is_refused_with_its_place_and_nothing_of_it_is_landed(string contentType, string body, int line, int column)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement problem = await (await api.PushAsync(body, contentType)).ProblemAsync(ProblemTypes.BadBody);
        JsonElement error = problem.GetProperty("errors")[0];
        Assert.Equal((line, column), (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
        Assert.Contains($"Line {line}", problem.GetProperty("detail").GetString());
        Assert.Empty(await api.LandedAsync("shop", "orders"));
    }

    [Fact]
    public async Task a_binary_cloud_event_without_a_type_is_refused()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(Body, "application/json", Webhook.Orders, ("ce-specversion", "1.0"), ("ce-id", "7"), ("ce-source", "/s"));
        Assert.Contains("'type'", (await response.ProblemAsync(ProblemTypes.BadBody)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task what_is_not_gzip_or_is_cut_off_is_refused()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await api.PushAsync(Body, headers: [("Content-Encoding", "gzip")])).ProblemAsync(ProblemTypes.BadBody);
        byte[] packed = Webhook.Gzip(Encoding.UTF8.GetBytes($$"""[{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"id":{{i * 7919 % 5003}}}"""))}}]"""));
        await (await api.PushAsync(packed[..(packed.Length / 2)], headers: [("Content-Encoding", "gzip")])).ProblemAsync(ProblemTypes.BadBody);
        Assert.Empty(await api.LandedAsync("shop", "orders"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_body_above_the_limit_is_refused_whether_it_says_so_or_not(bool chunked)
    {
        await using ApiHost api = await ApiHost.StartAsync(new BodyLimits { MaxBytes = 1000 });
        byte[] exact = Encoding.UTF8.GetBytes($$"""{"id":"{{new string('x', 991)}}"}""");
        Assert.Equal(1000, exact.Length);
        Assert.Equal(202, (int)(await SendAsync(exact)).StatusCode);
        await (await SendAsync([.. exact, (byte)' '])).ProblemAsync(ProblemTypes.TooLarge);

        async Task<HttpResponseMessage> SendAsync(byte[] body)
        {
            using HttpRequestMessage request = Webhook.Request(body, "application/json", Webhook.Orders, ("X-Hub-Signature-256", Webhook.Sign(body)));
            request.Headers.TransferEncodingChunked = chunked;
            return await api.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task a_bomb_is_refused_before_it_unpacks()
    {
        await using ApiHost api = await ApiHost.StartAsync(new BodyLimits { MaxBytes = 1_000_000, MaxUnpackedBytes = 100_000 });
        byte[] bomb = Webhook.Gzip(new byte[50_000_000]);
        Assert.True(bomb.Length < 1_000_000);
        long before = GC.GetTotalAllocatedBytes();
        await (await api.PushAsync(bomb, headers: [("Content-Encoding", "gzip")])).ProblemAsync(ProblemTypes.TooLarge);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10_000_000);
    }

    [Fact]
    public async Task more_than_fits_into_memory_at_once_is_told_to_come_again()
    {
        await using ApiHost api = await ApiHost.StartAsync(new BodyLimits { MaxBytes = 1000, MaxUnpackedBytes = 10_000, MaxBytesInWork = 5_000 });
        HttpResponseMessage response = await api.PushAsync(Webhook.Gzip(Body), headers: [("Content-Encoding", "gzip")]);
        await response.ProblemAsync(ProblemTypes.Busy);
        Assert.NotNull(response.Headers.RetryAfter);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.PushAsync(Body)));
        await api.PushAsync("{");
        Assert.Equal(0, api.Services.GetRequiredService<BodyBudget>().Taken);
    }

    [Fact]
    public async Task a_failed_landing_is_never_acknowledged()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        api.Blobs.FailsWrites = true;
        HttpResponseMessage response = await api.PushAsync(Body);
        await response.ProblemAsync(ProblemTypes.NotLanded);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Empty(await api.LandedAsync("shop", "orders"));
        api.Blobs.FailsWrites = false;
        Assert.Equal(202, (int)(await api.PushAsync(Body)).StatusCode);
        Assert.Single(await api.LandedAsync("shop", "orders"));
    }

    [Fact]
    public async Task an_unexpected_failure_is_a_problem_without_its_inside()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        api.Catalog.IsDown = true;
        Assert.DoesNotContain("disk", (await (await api.PushAsync(Body)).ProblemAsync(ProblemTypes.Unexpected)).ToString());
    }
}
