using Penstock.Cli.LocalHost;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;

namespace Penstock.Cli.Tests.LocalHost;

public class WelcomeTests
{
    private static readonly PipelineStream Orders = new()
    {
        Name = "orders",
        Key = ["order.id"],
        Version = "updated_at",
        Reception = new Reception("orders", new WebhookSignature("orders-webhook")),
        Contract = new Contract("orders", "1.0.0",
        [
            new ContractProperty { Name = "total", Type = LogicalType.Number, Required = true },
            new ContractProperty { Name = "updated_at", Type = LogicalType.Timestamp, Required = true },
            new ContractProperty { Name = "note", Type = LogicalType.String },
            new ContractProperty { Name = "lines", Type = LogicalType.Array, Required = true, Items = new ContractProperty { Name = "line", Type = LogicalType.Object, Properties = [new ContractProperty { Name = "sku", Type = LogicalType.String, Required = true }] } },
        ]),
    };

    [Fact]
    public void a_sample_record_has_what_the_stream_needs() =>
        Assert.Equal("""{"total":1.5,"updated_at":"2026-01-31T12:00:00Z","lines":[{"sku":"1"}],"order":{"id":"1"}}""", SampleRecord.For(Orders));

    [Fact]
    public void a_stream_that_needs_nothing_gets_an_id() => Assert.Equal("""{"id":"1"}""", SampleRecord.For(new PipelineStream { Name = "x" }));

    [Fact]
    public void the_lines_name_the_port_the_broken_pipelines_and_the_way_to_sign()
    {
        var welcome = new Welcome(RunningHost.Options, new Uri("http://127.0.0.1:5123/"), ["data       here"], new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        string text = string.Join('\n', welcome.Lines(
        [
            new BrokenPipeline("bad", [new DefinitionProblem("bad/pipeline.yaml", 3, "streams[0]", "The stream has no name.", "Give it one.")]),
            new UsablePipeline(new Pipeline { Name = "shop", Streams = [Orders] }),
        ]));
        Assert.Contains("bad/pipeline.yaml:3: streams[0]: The stream has no name. Give it one.", text);
        Assert.Contains("curl http://127.0.0.1:5123/api/status", text);
        Assert.Contains("curl -i http://127.0.0.1:5123/orders/messages", text);
        Assert.Contains("X-Hub-Signature-256: sha256=$(printf %s \"$body\" | openssl dgst -sha256 -hmac \"$key\"", text);
        Assert.DoesNotContain("x-functions-key", text);
    }

    [Fact]
    public void with_a_key_the_lines_use_it_without_showing_it()
    {
        var welcome = new Welcome(RunningHost.Options with { Key = "0123456789abcdef" }, new Uri("http://127.0.0.1:5123/"), ["data       here"], new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        string text = string.Join('\n', welcome.Lines([]));
        Assert.Contains("x-functions-key: $KEY", text);
        Assert.DoesNotContain("0123456789abcdef", text);
    }
}
