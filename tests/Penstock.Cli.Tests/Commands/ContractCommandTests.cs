using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class ContractCommandTests
{
    private const string Head = "apiVersion: v3.1.0\nkind: DataContract\nid: orders\nversion: 1.0.0\nstatus: active\nschema:\n  - name: orders\n    properties:\n";
    private const string Old = Head + "      - { name: id, logicalType: integer, required: true }\n      - { name: note, logicalType: string }\n";

    [Fact]
    public async Task a_contract_is_written_from_landed_records_and_can_be_checked_and_used_as_it_is()
    {
        using CommandRun run = new CommandRun()
            .With("pipelines/shop/pipeline.yaml", "pipeline: shop\nowner: shop@example.com\nstreams: [{stream: orders, receive: {event_hub: orders}, key: [id]}]\n");
        Land(run, Enumerable.Range(0, 100).Select(n =>
            $$$"""{"id":"o-{{{n}}}","at":"2026-01-0{{{1 + (n % 9)}}}T09:30:00Z","total":{{{n}}}.50,"lines":{{{n % 3}}},"state":"{{{(n % 2 == 0 ? "paid" : "sent")}}}","email":"a{{{n}}}@b.example","vip":{{{(n % 4 == 0 ? "null" : "true")}}},"to":{"zip":"80{{{n}}}"},"tags":["a"],"_event":{"id":"x"}}"""));
        (int exit, string yaml, string error) = await run.RunAsync("contract", "init", "shop", "--write");
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.Contains("pipelines/shop/contracts/orders.odcs.yaml: 9 properties from 100 records.", yaml);
        Assert.Equal("""
            - name: id
              logicalType: string
              required: true
              unique: true
              primaryKey: true
              primaryKeyPosition: 1
            - name: at
              logicalType: timestamp
              required: true
            - name: total
              logicalType: number
              required: true
            - name: lines
              logicalType: integer
              required: true
            - name: state
              logicalType: string
              required: true
              quality:
                - type: library
                  metric: invalidValues
                  arguments: { validValues: [paid, sent] }
                  mustBe: 0
                  severity: warning
            - name: email
              logicalType: string
              logicalTypeOptions: { format: email }
              required: true
            - name: vip
              logicalType: boolean
            - name: to
              logicalType: object
              required: true
              properties:
                - name: zip
                  logicalType: string
                  required: true
            - name: tags
              logicalType: array
              required: true
              items:
                logicalType: string
                required: true
            """, Properties(run));
        Assert.Equal(ExitCode.Ok, (await run.RunAsync("contract", "check", "pipelines/shop/contracts/orders.odcs.yaml")).Exit);
        Assert.Equal(ExitCode.Failed, (await run.RunAsync("contract", "init", "shop", "--write")).Exit);
    }

    [Fact]
    public async Task a_stream_of_which_nothing_is_known_gets_no_contract()
    {
        using CommandRun run = new CommandRun().With("pipelines/shop/pipeline.yaml", "pipeline: shop\nstreams: [{stream: orders, receive: {event_hub: orders}, key: [id]}]\n");
        (int exit, _, string error) = await run.RunAsync("contract", "init", "shop/orders");
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("Nothing is known of 'shop/orders'", error);
        Assert.Equal(ExitCode.BadInput, (await run.RunAsync("contract", "init", "shop/order")).Exit);
        Assert.Equal(ExitCode.BadInput, (await run.RunAsync("contract", "init", "none")).Exit);
    }

    [Theory]
    [InlineData(Old, "full", 0, 0, 0, 0)]
    [InlineData(Head + "      - { name: id, logicalType: number, required: true }\n      - { name: note, logicalType: string }\n", "backward", 0, 0, 1, 1)]
    [InlineData(Head + "      - { name: id, logicalType: integer, required: true }\n      - { name: note, logicalType: string, required: true }\n", "forward", 0, 1, 0, 1)]
    [InlineData(Head + "      - { name: id, logicalType: boolean, required: true }\n      - { name: note, logicalType: string }\n", "none", 0, 1, 1, 1)]
    public async Task a_change_fails_when_it_is_not_as_compatible_as_it_must_be(string changed, string compatibility, int none, int backward, int forward, int full)
    {
        using CommandRun run = new CommandRun().With("old.yaml", Old).With("new.yaml", changed);
        foreach ((string required, int expected) in new[] { ("none", none), ("backward", backward), ("forward", forward), ("full", full) })
        {
            (int exit, string output, _) = await run.RunAsync("contract", "diff", "old.yaml", "new.yaml", "--require", required, "--json");
            Assert.Equal((required, expected), (required, exit));
            Assert.Equal(compatibility, JsonDocument.Parse(output).RootElement.GetProperty("compatibility").GetString());
        }
    }

    [Fact]
    public async Task check_tells_problems_with_their_lines_and_rules_that_are_not_run()
    {
        using CommandRun run = new CommandRun()
            .With("good.yaml", Old.Replace("logicalType: string }", "logicalType: string, quality: [{ type: sql, query: select 1, mustBe: 1 }] }"))
            .With("bad.yaml", Old.Replace("required", "requierd"))
            .With("none.yaml", Old[..Old.IndexOf("schema:", StringComparison.Ordinal)]);
        (int exit, string output, _) = await run.RunAsync("contract", "check", "good.yaml", "bad.yaml", "none.yaml");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("good.yaml:10: note: schema[0].properties[1].quality[0]: This rule isn't run: it is SQL", output);
        Assert.Contains("bad.yaml:9: schema[0].properties[0].requierd: 'requierd' isn't a field of the standard here. Did you mean 'required'?", output);
        Assert.Contains("none.yaml | none ", output);
    }

    private static string Properties(CommandRun run) => string.Join(
        '\n', File.ReadAllLines(Path.Combine(run.Folder, "pipelines/shop/contracts/orders.odcs.yaml")).SkipWhile(line => line != "    properties:").Skip(1).Select(line => line[6..]));

    private static void Land(CommandRun run, IEnumerable<string> records)
    {
        string folder = Path.Combine(run.Folder, "penstock-data", "raw", "shop", "orders", "2026", "01", "01");
        Directory.CreateDirectory(folder);
        using var gzip = new GZipStream(File.Create(Path.Combine(folder, "093000000-webhook-0.jsonl.gz")), CompressionLevel.Fastest);
        foreach (string record in records)
            gzip.Write(Encoding.UTF8.GetBytes(record + "\n"));
    }
}
