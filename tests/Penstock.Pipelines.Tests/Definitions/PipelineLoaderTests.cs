using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Tests.Definitions;

public class PipelineLoaderTests
{
    private const string Contract = """
        apiVersion: v3.1.0
        kind: DataContract
        id: orders
        version: 1.2.0
        status: active
        schema:
          - name: orders
            properties:
              - { name: region, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 2 }
              - { name: order_id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
        """;

    [Fact]
    public async Task a_pipeline_is_what_its_file_says()
    {
        Pipeline pipeline = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            description: Orders of the shop
            owner: data-platform@example.com
            config: { start_date: "2018-01-31T00:00:00Z", api_key: "secret:shop-key", page: 50, ratio: 0.5, deep: { on: true, tags: [a, ~] } }
            paused: true
            private_hosts: [localhost, "*.corp.example"]
            streams:
              - stream: orders
                receive: { event_hub: orders, webhook: { secret: orders-webhook, prefix: "" } }
                version: updated
                contract: contracts/orders.odcs.yaml
                freshness: PT1H
            """).Add("shop/contracts/orders.odcs.yaml", Contract).UsableAsync("shop");

        Assert.Equal("Orders of the shop", pipeline.Description);
        Assert.Equal("data-platform@example.com", pipeline.Owner);
        Assert.Equal("""{"start_date":"2018-01-31T00:00:00Z","api_key":"secret:shop-key","page":50,"ratio":0.5,"deep":{"on":true,"tags":["a",null]}}""", pipeline.Config.GetRawText());
        Assert.True(pipeline.Paused);
        Assert.Null(pipeline.Hosts.WhyRefused("localhost", System.Net.IPAddress.Loopback));
        Assert.NotNull(pipeline.Hosts.WhyRefused("other", System.Net.IPAddress.Loopback));
        Assert.Null(pipeline.Hosts.Allowed);
        Assert.Equal([new("shop-key", "shop/pipeline.yaml", 4, "config.api_key"), new("orders-webhook", "shop/pipeline.yaml", 9, "streams[0].receive.webhook.secret")], pipeline.Secrets);
        PipelineStream orders = Assert.Single(pipeline.Streams);
        Assert.Equal(new Reception("orders", new WebhookSignature("orders-webhook", "X-Hub-Signature-256", "")), orders.Reception);
        Assert.Equal("updated", orders.Version);
        Assert.Equal(TimeSpan.FromHours(1), orders.Freshness);
        Assert.Equal("1.2.0", orders.Contract?.Version);
    }

    [Fact]
    public async Task a_stream_without_a_key_takes_its_contracts_primary_key_in_order()
    {
        Pipeline pipeline = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            streams:
              - { stream: orders, receive: { event_hub: orders }, contract: orders.odcs.yaml }
            """).Add("shop/orders.odcs.yaml", Contract).UsableAsync("shop");
        Assert.Equal(["order_id", "region"], pipeline.Streams[0].Key);
    }

    [Fact]
    public async Task every_problem_is_told_with_its_line_and_what_to_do()
    {
        string problems = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shopp
            ownr: somebody
            connector: conector.yaml
            schedule: { every: 5 minutes }
            private_hosts: localhost
            config:
              api_key: secret:my_key
            streams:
              - stream: orders
                key: order_id
                freshness: P1M
                contract: ../other/contract.yaml
              - stream: orders
                receive: {}
                key: [id]
              - key: [id]
              - just text
            """).Add("shop/connector.yaml", "version: 1").ProblemsAsync("shop");
        Assert.Equal("""
            shop/pipeline.yaml:1: pipeline: The pipeline is called 'shopp', but its folder 'shop'. Give both the same name.
            shop/pipeline.yaml:2: ownr: 'ownr' isn't a field here. Did you mean 'owner'?
            shop/pipeline.yaml:3: connector: There is no file 'conector.yaml'. Did you mean 'connector.yaml'?
            shop/pipeline.yaml:4: schedule.every: '5 minutes' isn't a duration. Write ISO 8601, for example PT5M, PT1H or P1D.
            shop/pipeline.yaml:5: private_hosts: must be a list, but is a text. Write it as private_hosts: [...].
            shop/pipeline.yaml:7: config.api_key: This isn't the name of a secret. Write secret:NAME; a name has letters, digits and dashes, at most 127.
            shop/pipeline.yaml:10: streams[0].key: must be a list, but is a text. Write it as key: [...].
            shop/pipeline.yaml:11: streams[0].freshness: 'P1M' isn't a duration. Write ISO 8601, for example PT5M, PT1H or P1D.
            shop/pipeline.yaml:12: streams[0].contract: '../other/contract.yaml' isn't a file of this pipeline. Write a path below the pipeline's own folder, parts joined by '/'.
            shop/pipeline.yaml:13: streams[1].stream: The stream 'orders' is there twice. Keep one of the two.
            shop/pipeline.yaml:14: streams[1].receive: 'receive' says neither 'event_hub' nor 'webhook'. Write, for example: receive: { event_hub: orders }
            shop/pipeline.yaml:16: streams[2].stream: 'stream' is missing. Add it, for example: stream: events
            shop/pipeline.yaml:17: streams[3]: must be a mapping, but is a text. Write its fields, one a line.
            """, problems);
    }

    [Theory]
    [InlineData("pipeline: shop\nstreams: [", "shop/pipeline.yaml:2: This isn't YAML: ")]
    [InlineData("pipeline: shop\n\tstreams: []\n", "shop/pipeline.yaml:2: This isn't YAML: ")]
    [InlineData("pipeline: \"shop", "shop/pipeline.yaml:1: This isn't YAML: ")]
    [InlineData("", "shop/pipeline.yaml: The file is empty. Write its content, or remove the file.")]
    [InlineData("- pipeline: shop", "shop/pipeline.yaml:1: The file must be a mapping, but is a list. Begin it with: pipeline: shop")]
    [InlineData("a: *b", "shop/pipeline.yaml:1: This isn't YAML: no value above has the anchor &b.")]
    [InlineData("? [a]\n: b", "shop/pipeline.yaml:1: This isn't YAML: the name of a field must be a text.")]
    public async Task a_file_that_cannot_be_read_says_why_and_where(string text, string problem) =>
        Assert.StartsWith(problem, await new PipelineFiles().Add("shop/pipeline.yaml", text).ProblemsAsync("shop"));

    [Fact]
    public async Task tabs_are_called_by_their_name() => Assert.Equal(
        "shop/pipeline.yaml:3: This isn't YAML: While scanning a mapping, found invalid tab as indentation. Indent with spaces: YAML forbids tabs.",
        await new PipelineFiles().Add("shop/pipeline.yaml", "pipeline: shop\nstreams:\n\t- stream: a").ProblemsAsync("shop"));

    [Theory]
    [InlineData("pipeline: shop\npipeline: shop\nstreams: [{stream: a, receive: {event_hub: a}, key: [id]}]",
        "shop/pipeline.yaml:2: pipeline: 'pipeline' is already on line 1. Keep one of the two.")]
    [InlineData("pipeline: shop\nstreams: [{stream: a, receive: {event_hub: a}, key: [id]}]\n---\na: b",
        "shop/pipeline.yaml:3: The file has a second document. Keep one document a file.")]
    [InlineData("pipeline: shop", "shop/pipeline.yaml:1: streams: 'streams' is missing. Add it, for example: streams: [{ stream: events }]")]
    [InlineData("pipeline: shop\nstreams: []", "shop/pipeline.yaml:2: streams: A pipeline has one stream or more. Add one, for example: - stream: events")]
    [InlineData("pipeline: shop\nstreams: [{stream: a}]",
        "shop/pipeline.yaml:2: streams[0].stream: Nothing feeds 'a': the pipeline has no connector, the stream no 'receive'. "
        + "Add 'connector: connector.yaml' to the pipeline, or 'receive' to the stream.")]
    [InlineData("pipeline: shop\nstreams: [{stream: a, receive: {event_hub: a}}]",
        "shop/pipeline.yaml:2: streams[0].key: 'key' is missing. Add it, for example: key: [id]")]
    [InlineData("pipeline: shop\nstreams: [{stream: a, receive: {event_hub: 'a b'}, key: [id]}]",
        "shop/pipeline.yaml:2: streams[0].receive.event_hub: 'a b' can't be an Event Hub's name. Write letters, digits, '.', '-' and '_', at most 256.")]
    [InlineData("pipeline: shop\nstreams: [{stream: a, receive: {webhook: {}}, key: [id]}]",
        "shop/pipeline.yaml:2: streams[0].receive.webhook.secret: 'secret' is missing. Add it, for example: secret: orders-webhook")]
    [InlineData("pipeline: shop\nstreams: [{stream: a, receive: {webhook: {secret: 'secret:x'}}, key: [id]}]",
        "shop/pipeline.yaml:2: streams[0].receive.webhook.secret: This isn't the name of a secret. Write the name alone: letters, digits and dashes, at most 127.")]
    [InlineData("pipeline: shop\nstreams: [{stream: a, receive: {webhook: {secret: x, header: 'a b'}}, key: [id]}]",
        "shop/pipeline.yaml:2: streams[0].receive.webhook.header: 'a b' can't be a header's name. Write, for example, X-Hub-Signature-256.")]
    [InlineData("pipeline: shop\nschedule: {every: PT5M}\nstreams: [{stream: a, receive: {event_hub: a}, key: [id]}]",
        "shop/pipeline.yaml:2: schedule: Nothing is pulled: the pipeline has no connector. Remove the schedule, or add a connector.")]
    [InlineData("pipeline: shop\nstreams: [{stream: a, receive: {event_hub: a}, key: [id], contract: c.yaml}]",
        "shop/pipeline.yaml:2: streams[0].contract: There is no file 'c.yaml'. Create shop/c.yaml.")]
    public async Task a_pipeline_that_cannot_work_says_why_and_where(string text, string problem) =>
        Assert.Equal(problem, await new PipelineFiles().Add("shop/pipeline.yaml", text).ProblemsAsync("shop"));

    [Theory]
    [InlineData("https://api.example.com")]
    [InlineData("api.example.com/v1")]
    [InlineData("*")]
    [InlineData("a.*.com")]
    public async Task a_host_that_is_none_says_so(string host) => Assert.Equal(
        $"shop/pipeline.yaml:2: allowed_hosts[0]: '{host}' isn't a host. Write a name or an address alone, or '*.example.com' for all below.",
        await new PipelineFiles()
            .Add("shop/pipeline.yaml", $"pipeline: shop\nallowed_hosts: ['{host}']\nconnector: c.yaml\nstreams: [{{stream: a}}]")
            .Add("shop/c.yaml", "x").ProblemsAsync("shop"));

    [Theory]
    [InlineData("{ every: PT10S }", "schedule.every: 'PT10S' is too short. Write PT1M or more.")]
    [InlineData("{ cron: '99 * * * *' }", "schedule.cron: '99 * * * *' isn't a cron expression: the minute '99' isn't *, a value from 0 to 59, a range or a step. ")]
    [InlineData("{ cron: '*/0 * * * *' }", "schedule.cron: '*/0 * * * *' isn't a cron expression: the minute '*/0' ")]
    [InlineData("{ cron: '0 5-1 * * *' }", "schedule.cron: '0 5-1 * * *' isn't a cron expression: the hour '5-1' ")]
    [InlineData("{ cron: '0 0 * * MON-FRY' }", "schedule.cron: '0 0 * * MON-FRY' isn't a cron expression: the weekday 'MON-FRY' ")]
    [InlineData("{ cron: '0 0 1 * 1' }", "schedule.cron: '0 0 1 * 1' isn't a cron expression: the day and the weekday can't both be given. ")]
    [InlineData("{ cron: '0 0 31 2 *' }", "schedule.cron: '0 0 31 2 *' isn't a cron expression: It is never due. ")]
    [InlineData("{ cron: 'often' }", "schedule.cron: 'often' isn't a cron expression: ")]
    [InlineData("{ cron: '0 6 * * *', time_zone: Europe/Wien }", "schedule.time_zone: 'Europe/Wien' isn't a time zone. Write an IANA name, for example Europe/Vienna.")]
    [InlineData("{ every: PT5M, time_zone: Europe/Vienna }", "schedule.time_zone: A time zone means nothing to 'every'. Remove it, or use 'cron'.")]
    [InlineData("{}", "schedule: A schedule has either 'every' or 'cron'. Write, for example: schedule: { every: PT5M }")]
    [InlineData("{ every: PT5M, cron: '0 6 * * *' }", "schedule: A schedule has either 'every' or 'cron'. Write, for example: schedule: { every: PT5M }")]
    [InlineData("PT5M", "schedule: must be a mapping, but is a text. Write a mapping.")]
    public async Task a_schedule_that_is_none_says_why_and_where(string schedule, string problem) =>
        Assert.StartsWith(
            "shop/pipeline.yaml:2: " + problem,
            await new PipelineFiles()
                .Add("shop/pipeline.yaml", $"pipeline: shop\nschedule: {schedule}\nconnector: c.yaml\nstreams: [{{stream: a}}]")
                .Add("shop/c.yaml", "x").ProblemsAsync("shop"));

    [Theory]
    [InlineData("*/15 * * * *", "2026-01-01T00:15:00Z")]
    [InlineData("0 6 * * 1-5", "2026-01-01T06:00:00Z")]
    [InlineData("30 2 1,15 JAN-MAR *", "2026-01-01T02:30:00Z")]
    [InlineData("0 0 * * 7", "2026-01-04T00:00:00Z")]
    [InlineData("0 0 * * sun", "2026-01-04T00:00:00Z")]
    [InlineData("5/20 23 31 12 *", "2026-12-31T23:05:00Z")]
    public async Task a_cron_schedule_is_due_when_unix_says(string cron, string due)
    {
        Pipeline pipeline = await new PipelineFiles()
            .Add("shop/pipeline.yaml", $"pipeline: shop\nschedule: {{ cron: '{cron}' }}\nconnector: c.yaml\nstreams: [{{stream: a}}]")
            .Add("shop/c.yaml", "x").UsableAsync("shop");
        Assert.Equal(DateTimeOffset.Parse(due), pipeline.Schedule!.NextDue(DateTimeOffset.Parse("2026-01-01T00:00:00Z")));
    }

    [Fact]
    public async Task a_file_that_is_not_utf8_says_so() => Assert.Equal(
        "shop/pipeline.yaml: 'pipeline.yaml' isn't UTF-8. Save it as UTF-8.",
        await new PipelineFiles().Add("shop/pipeline.yaml", [0xff, 0xfe, 0x41]).ProblemsAsync("shop"));

    [Fact]
    public async Task a_folder_without_a_pipeline_file_says_so() => Assert.Equal(
        "shop/pipeline.yaml: There is no file 'pipeline.yaml'. Did you mean 'pipeline.yml'?",
        await new PipelineFiles().Add("shop/pipeline.yml", "pipeline: shop").ProblemsAsync("shop"));

    [Fact]
    public async Task aliases_that_explode_end_with_a_problem_and_not_with_the_memory()
    {
        string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 20).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.StartsWith("shop/pipeline.yaml:5: This isn't YAML: the document has more than 100000 values",
            await new PipelineFiles().Add("shop/pipeline.yaml", laughs).ProblemsAsync("shop"));
    }

    [Fact]
    public async Task values_that_are_nested_without_end_are_a_problem_and_not_a_stack_overflow() =>
        Assert.StartsWith("shop/pipeline.yaml:1: This isn't YAML: values are nested more than 64 deep.",
            await new PipelineFiles().Add("shop/pipeline.yaml", "a: " + new string('[', 100_000)).ProblemsAsync("shop"));

    [Fact]
    public async Task contracts_are_read_with_their_nested_properties()
    {
        Pipeline pipeline = await new PipelineFiles()
            .Add("shop/pipeline.yaml", "pipeline: shop\nstreams: [{stream: orders, receive: {event_hub: a}, key: [id], contract: c.yaml}]")
            .Add("shop/c.yaml", """
                apiVersion: v3.1.0
                kind: DataContract
                id: orders
                version: 1.0.0
                status: active
                slaProperties: [{ property: latency, value: 4, unit: d }]
                schema:
                  - name: customers
                    properties: []
                  - name: orders
                    logicalType: object
                    quality: [{ metric: rowCount, mustBeGreaterThan: 0 }]
                    properties:
                      - name: email
                        logicalType: string
                        classification: personal
                      - name: lines
                        items:
                          properties:
                            - { name: sku, logicalType: string, required: true }
                """).UsableAsync("shop");
        Contract contract = pipeline.Streams[0].Contract!;
        Assert.Equal(["email", "lines"], contract.Properties.Select(property => property.Name));
        Assert.Equal("personal", contract.Properties[0].Classification);
        Assert.Equal(LogicalType.Array, contract.Properties[1].Type);
        Assert.Equal(LogicalType.Object, contract.Properties[1].Items!.Type);
        Assert.True(contract.Properties[1].Items!.Properties[0].Required);
    }

    [Fact]
    public async Task problems_of_a_contract_name_the_contracts_file()
    {
        string problems = await new PipelineFiles()
            .Add("shop/pipeline.yaml", "pipeline: shop\nstreams: [{stream: orders, receive: {event_hub: a}, key: [id], contract: c.yaml}]")
            .Add("shop/c.yaml", """
                apiVersion: v2.2.9
                kind: DataProduct
                id: orders
                schema:
                  - name: orders
                    properties:
                      - { name: id, logicaltype: string }
                      - { name: id, logicalType: strnig }
                      - { name: at, logicalType: timestamp, properties: [{ name: x }] }
                      - logicalType: string
                      - { name: n, required: often, primaryKeyPosition: first }
                      - { name: o, lineage: anything, items: { logicalType: text } }
                """).ProblemsAsync("shop");
        Assert.Equal("""
            shop/c.yaml:1: version: 'version' is missing. The standard requires it: add it.
            shop/c.yaml:1: status: 'status' is missing. The standard requires it: add it.
            shop/c.yaml:1: apiVersion: 'v2.2.9' isn't one of the values that the standard knows. Did you mean 'v2.2.0'?
            shop/c.yaml:2: kind: 'DataProduct' isn't one of the values that the standard knows. Known: DataContract.
            shop/c.yaml:7: schema[0].properties[0].logicaltype: 'logicaltype' isn't a field of the standard here. Did you mean 'logicalType'?
            shop/c.yaml:8: schema[0].properties[1].logicalType: 'strnig' isn't one of the values that the standard knows. Did you mean 'string'?
            shop/c.yaml:9: schema[0].properties[2].properties: 'properties' isn't a field of the standard here. Remove it, or write it under customProperties: [{ property: ..., value: ... }].
            shop/c.yaml:10: schema[0].properties[3].name: 'name' is missing. The standard requires it: add it.
            shop/c.yaml:11: schema[0].properties[4].required: must be true or false, but is a text. Write true or false.
            shop/c.yaml:11: schema[0].properties[4].primaryKeyPosition: must be a whole number, but is a text. Write a whole number.
            shop/c.yaml:12: schema[0].properties[5].lineage: 'lineage' isn't a field of the standard here. Remove it, or write it under customProperties: [{ property: ..., value: ... }].
            shop/c.yaml:12: schema[0].properties[5].items.logicalType: 'text' isn't one of the values that the standard knows. Known: string, date, timestamp, time, number, integer, object, array, boolean.
            """, problems);
    }

    [Fact]
    public async Task a_contract_of_another_stream_is_a_problem() => Assert.Equal(
        "shop/c.yaml:6: schema: No schema object is called 'orders' like the stream. Did you mean 'order'?",
        await new PipelineFiles()
            .Add("shop/pipeline.yaml", "pipeline: shop\nstreams: [{stream: orders, receive: {event_hub: a}, key: [id], contract: c.yaml}]")
            .Add("shop/c.yaml", "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: draft\nschema: [{name: order, properties: []}, {name: customers, properties: []}]")
            .ProblemsAsync("shop"));
}
