using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Simulator;

namespace Penstock.Cli.Tests.Commands;

public sealed class SyncCommandTests : IAsyncLifetime
{
    private readonly CommandRun _run = new();
    private SimulatedApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await SimulatedApi.StartAsync(new SimulatorOptions
        {
            Keys = new KeyOptions { Known = [new ApiKey("me", "s3cret")] },
            Datasets = [new Dataset("users") { Count = 250, Paging = PagingStyle.Page, BadEvery = 50, BadKinds = [BadRecord.WrongType] }],
        });
        _run.With("pipelines/app/pipeline.yaml", $$"""
            pipeline: app
            connector: connector.yaml
            config: { url: "{{_api.BaseAddress}}", key: "secret:app-key" }
            private_hosts: [127.0.0.1]
            streams:
              - { stream: users, key: [id], version: updated_at, contract: users.odcs.yaml }
            """)
            .With("pipelines/app/users.odcs.yaml", """
                apiVersion: v3.1.0
                kind: DataContract
                id: users
                status: active
                version: 1.0.0
                schema: [{ name: users, properties: [{ name: id, logicalType: string, required: true }, { name: amount, logicalType: number, required: true }] }]
                """)
            .With("pipelines/app/connector.yaml", """
                version: 6.0.0
                type: DeclarativeSource
                check: { type: CheckStream, stream_names: [users] }
                streams:
                  - type: DeclarativeStream
                    name: users
                    primary_key: id
                    retriever:
                      type: SimpleRetriever
                      requester:
                        type: HttpRequester
                        url_base: "{{ config['url'] }}"
                        path: users
                        authenticator: { type: BearerAuthenticator, api_token: "{{ config['key'] }}" }
                      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
                      paginator:
                        type: DefaultPaginator
                        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
                        page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: per_page }
                        pagination_strategy: { type: PageIncrement, page_size: 100, start_from_page: 1 }
                spec:
                  type: Spec
                  connection_specification: { type: object, required: [url, key], properties: { url: { type: string }, key: { type: string } } }
                """)
            .With("secrets.json", """{"app-key":"s3cret"}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _run.Dispose();
    }

    [Fact]
    public async Task a_pipeline_is_pulled_checked_and_curated_and_what_breaks_its_contract_is_set_aside()
    {
        (int exit, string output, string error) = await _run.RunAsync("sync", "app", "--json");
        Assert.Equal((ExitCode.Ok, true), (exit, output.StartsWith('{')));
        JsonElement stream = JsonDocument.Parse(output).RootElement.GetProperty("streams")[0];
        (long read, long curated, long quarantined) = (Number(stream, "read"), Number(stream, "curated"), Number(stream, "quarantined"));
        Assert.Equal((250, 250), (read, curated + quarantined));
        Assert.InRange(quarantined, 1, 20);
        Assert.Equal(3, Number(stream, "calls"));
        Assert.DoesNotContain("s3cret", output + error);
        Assert.Equal(curated, Directory.GetFiles(Path.Combine(_run.Folder, "penstock-data/curated/app/users")).Sum(file => File.ReadLines(file).LongCount()));
    }

    [Fact]
    public async Task people_get_a_table_and_lines_of_progress()
    {
        (int exit, string output, string error) = await _run.RunAsync("sync", "app", "--stream", "users");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("| users  | completed |  250 |", output);
        Assert.Contains("1 of 1 slices, 250 records landed", error);
    }

    [Fact]
    public async Task on_a_terminal_it_works_as_well()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exit = await PenstockCommandLine.RunAsync(["sync", "app"], new Surroundings { Out = output, Error = error, IsTerminal = true, CurrentDirectory = _run.Folder });
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("users", output.ToString());
    }

    [Fact]
    public async Task a_past_window_can_be_read_again()
    {
        (int exit, string output, _) = await _run.RunAsync("sync", "app", "--from", "2024-01-01", "--to", "2024-01-02", "--json");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.StartsWith("backfill-", JsonDocument.Parse(output).RootElement.GetProperty("streams")[0].GetProperty("run").GetString());
        Assert.Equal(ExitCode.BadInput, (await _run.RunAsync("sync", "app", "--from", "2024-01-02", "--to", "2024-01-01")).Exit);
        Assert.Equal(ExitCode.BadInput, (await _run.RunAsync("sync", "app", "--from", "yesterday")).Exit);
    }

    [Fact]
    public async Task a_source_that_refuses_the_credential_is_a_failure_that_says_so()
    {
        _run.With("secrets.json", """{"app-key":"wr0ng"}""");
        (int exit, string output, string error) = await _run.RunAsync("sync", "app");
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("401", output + error);
        Assert.DoesNotContain("wr0ng", output + error);
    }

    [Fact]
    public async Task a_missing_secret_is_bad_input_with_its_line()
    {
        _run.With("secrets.json", "{}");
        (int exit, _, string error) = await _run.RunAsync("sync", "app");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("pipelines/app/pipeline.yaml:3: config.key: There is no secret 'app-key'.", error);
    }

    [Theory]
    [InlineData("ap", "There is no pipeline 'ap' in 'pipelines'.")]
    [InlineData("app --stream user", "pulls no stream 'user'")]
    [InlineData("app --pipelines nowhere", "--pipelines DIR")]
    public async Task what_is_not_there_is_bad_input(string args, string message)
    {
        (int exit, _, string error) = await _run.RunAsync(["sync", .. args.Split(' ')]);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task two_at_once_do_not_work_on_one_folder()
    {
        using DataLock? held = DataLock.TryTake(Path.Combine(_run.Folder, "penstock-data"));
        (int exit, _, string error) = await _run.RunAsync("sync", "app");
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("Another penstock works on 'penstock-data'.", error);
    }

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
