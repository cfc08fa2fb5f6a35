using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Watching;
using Penstock.Pipelines.Watching.Notices;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Watching;

public class NoticeTests
{
    private readonly MonitorFixture _fixture = new();

    public NoticeTests()
    {
        _fixture.World.Pipelines.Pipeline = _fixture.World.Pipelines.Pipeline with
        {
            Monitors = new MonitorOptions { Target = new AlertTarget("secret:ops-webhook", "ops-key") },
        };
        _fixture.World.Stores.Secrets.Set("ops-webhook", "https://ops.example/hook");
        _fixture.World.Stores.Secrets.Set("ops-key", "k3y");
        _fixture.Orders = _fixture.Orders with { Contract = MonitorFixture.Contract("{name: total, logicalType: integer}") };
    }

    private RecordingNotices Notices => _fixture.World.Notices;

    [Fact]
    public async Task an_alert_and_its_end_are_each_told_once_signed_with_owner_and_severity()
    {
        await _fixture.PushAsync("""{"id":1,"updated":1,"total":"x"}""");
        await _fixture.WatchAsync(150);
        var quarantine = Notices.Sent.Where(sent => sent.Body.Contains("\"kind\":\"quarantine\"")).ToList();
        Assert.Equal(["raised", "resolved"], quarantine.Select(sent => JsonDocument.Parse(sent.Body).RootElement.GetProperty("status").GetString()));
        (Uri address, string body, IReadOnlyDictionary<string, string> headers) = quarantine[0];
        Assert.Equal("https://ops.example/hook", address.ToString());
        Assert.Equal($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("k3y"u8, Encoding.UTF8.GetBytes(body)))}", headers["X-Penstock-Signature"]);
        JsonElement notice = JsonDocument.Parse(body).RootElement;
        Assert.Equal(("sample/orders", "error", "shop", headers["X-Penstock-Notice"]),
            (notice.GetProperty("subject").GetString(), notice.GetProperty("severity").GetString(), notice.GetProperty("owner").GetString(), notice.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task a_notice_that_is_not_taken_is_tried_again_later_and_later()
    {
        Notices.Refusal = "it answered 503";
        await _fixture.PushAsync("""{"id":1,"updated":1,"total":"x"}""");
        await _fixture.WatchAsync(20);
        int kinds = 2; // quarantine and drift
        Assert.Equal(kinds * 5, Notices.Attempts); // At once, and after 1, 2, 4 and 8 minutes.
        Notices.Refusal = null;
        await _fixture.WatchAsync(20);
        Assert.Equal(kinds, Notices.Sent.Count);
    }

    [Fact]
    public async Task a_notice_that_nobody_takes_for_a_day_is_given_up_and_that_is_said()
    {
        Notices.Refusal = "it answered 503";
        await _fixture.PushAsync("""{"id":1,"updated":1,"total":"x"}""");
        await _fixture.WatchAsync();
        _fixture.World.Time.Advance(TimeSpan.FromHours(25));
        Assert.Contains(await _fixture.WatchAsync(), line => line.StartsWith("gave up telling that quarantine sample/orders is raised: it answered 503"));
        int attempts = Notices.Attempts;
        await _fixture.WatchAsync();
        Assert.True(Notices.Attempts - attempts <= 2); // What is told now is that the alerts are over.
    }

    [Fact]
    public async Task a_pipeline_that_names_nobody_is_quiet()
    {
        _fixture.World.Pipelines.Pipeline = _fixture.World.Pipelines.Pipeline with { Monitors = MonitorOptions.Default };
        await _fixture.PushAsync("""{"id":1,"updated":1,"total":"x"}""");
        Assert.Contains(await _fixture.WatchAsync(), line => line.StartsWith("ALERT quarantine"));
        Assert.Equal(0, Notices.Attempts);
    }
}
