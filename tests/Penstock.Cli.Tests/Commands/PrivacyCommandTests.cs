using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Simulator;

namespace Penstock.Cli.Tests.Commands;

/// <summary>A person's data from the source to its erasure, by commands alone, looking at every byte that is written.</summary>
public sealed class PrivacyCommandTests : IAsyncLifetime
{
    private readonly CommandRun _run = new();
    private readonly StringBuilder _said = new();
    private SimulatedApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await SimulatedApi.StartAsync(new SimulatorOptions
        {
            Datasets = [new Dataset("users") { Count = 250, Paging = PagingStyle.Page, BadEvery = 25, BadKinds = [BadRecord.WrongType] }],
        });
        _run.With("pipelines/app/pipeline.yaml", Pipeline())
            .With("pipelines/app/users.odcs.yaml", Contract("number"))
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
                      requester: { type: HttpRequester, url_base: "{{ config['url'] }}", path: users }
                      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
                      paginator:
                        type: DefaultPaginator
                        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
                        page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: per_page }
                        pagination_strategy: { type: PageIncrement, page_size: 100, start_from_page: 1 }
                """)
            .With("secrets.json", """{"mask-key":"a key that nobody can guess","subject-key":"another one of the same length"}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _run.Dispose();
    }

    [Fact]
    public async Task a_bad_deploy_of_a_source_ends_with_nothing_lost_once_the_contract_is_mended_and_just_those_are_replayed()
    {
        await SayAsync("sync", "app");
        JsonElement[] bad = [.. (await JsonAsync("quarantine", "list", "--pipeline", "app", "--limit", "500", "--json")).EnumerateArray()];
        Assert.InRange(bad.Length, 3, 30);
        Assert.All(bad, record => Assert.Equal("amount", record.GetProperty("path").GetString()));
        JsonElement one = await JsonAsync("quarantine", "show", bad[0].GetProperty("id").GetString()!);
        Assert.StartsWith("h1.", one.GetProperty("record").GetProperty("email").GetString());
        Assert.Equal("n/a", one.GetProperty("record").GetProperty("amount").GetString());
        Assert.Equal(250 - bad.Length, CuratedLines().Count);

        _run.With("pipelines/app/users.odcs.yaml", Contract("string"));
        string said = await SayAsync("quarantine", "replay", "--pipeline", "app");
        Assert.Contains($"{bad.Length} records of 1 raw blobs were transformed again", said);
        JsonElement[] still = [.. (await JsonAsync("quarantine", "list", "--json")).EnumerateArray()];
        Assert.Equal(250, CuratedLines().Count + still.Length);
    }

    [Fact]
    public async Task no_masked_value_is_anywhere_but_in_raw_and_nothing_of_an_erased_person_is_anywhere_at_all()
    {
        await SayAsync("sync", "app", "--verbose");
        await SayAsync("quarantine", "list");
        Assert.Empty(Places("user7@example.com", except: "raw"));
        Assert.NotEmpty(Places("user7@example.com", except: ""));
        string said = await SayAsync("erase", "user7@example.com");
        Assert.Contains("completed; a last look through everything found nothing.", said);
        Assert.Empty(Places("user7@example.com", except: ""));
        Assert.Equal(said.Split('\n')[^2], (await SayAsync("erase", " USER7@example.com ")).Split('\n')[^2]);

        // The source still has the person.
        await SayAsync("sync", "app", "--verbose");
        Assert.Empty(Places("user7@example.com", except: ""));
        Assert.NotEmpty(Places("user8@example.com", except: ""));
        Assert.DoesNotContain(CuratedLines(), line => line.Contains("\"users-7\"", StringComparison.Ordinal));
        Assert.DoesNotContain("user7@example.com", _said.ToString());
        Assert.DoesNotContain("a key that nobody can guess", _said.ToString());
    }

    [Fact]
    public async Task names_can_come_from_standard_input_so_that_no_shell_remembers_them()
    {
        await SayAsync("sync", "app");
        using var output = new StringWriter { NewLine = "\n" };
        int exit = await PenstockCommandLine.RunAsync(
            ["erase", "-", "--json"],
            new Surroundings { Out = output, Error = output, OpenIn = () => new StringReader("user3@example.com\nuser4@example.com\n"), CurrentDirectory = _run.Folder });
        Assert.Equal(ExitCode.Ok, exit);
        Assert.True(JsonDocument.Parse(output.ToString()).RootElement.GetProperty("isCompleted").GetBoolean());
        Assert.Empty(Places("user3@example.com", except: ""));
        Assert.Empty(Places("user4@example.com", except: ""));
    }

    [Theory]
    [InlineData("erase phone=1", ExitCode.BadInput, "No stream has names of the kind 'phone'. There are: subject.")]
    [InlineData("quarantine", ExitCode.BadInput, "Say what: list, show, replay or discard.")]
    [InlineData("quarantine replay", ExitCode.BadInput, "Nothing says which records.")]
    [InlineData("quarantine discard", ExitCode.BadInput, "Nothing says which records.")]
    [InlineData("quarantine show nothing", ExitCode.BadInput, "There is no record 'nothing' in quarantine, or not any more.")]
    [InlineData("quarantine list --url http://127.0.0.1:1", ExitCode.Failed, "can't be reached")]
    public async Task what_can_not_be_is_told_with_the_next_step(string args, int expected, string message)
    {
        (int exit, _, string error) = await _run.RunAsync(args.Split(' '));
        Assert.Equal(expected, exit);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task a_discarded_record_is_not_listed_any_more()
    {
        await SayAsync("sync", "app");
        string id = (await JsonAsync("quarantine", "list", "--json"))[0].GetProperty("id").GetString()!;
        Assert.Equal(1, (await JsonAsync("quarantine", "discard", "--id", id, "--json")).GetProperty("discarded").GetInt32());
        Assert.DoesNotContain($"\"{id}\"", await SayAsync("quarantine", "list", "--json"));
    }

    private string Pipeline() => $$"""
        pipeline: app
        connector: connector.yaml
        config: { url: "{{_api.BaseAddress}}" }
        private_hosts: [127.0.0.1]
        streams:
          - stream: users
            key: [id]
            contract: users.odcs.yaml
            subject: email
            mask: { email: hash, name: redact, note: drop }
        """;

    private static string Contract(string amount) => $$"""
        apiVersion: v3.1.0
        kind: DataContract
        id: users
        version: 1.0.0
        status: active
        schema: [{ name: users, properties: [{ name: id, logicalType: string, required: true }, { name: amount, logicalType: {{amount}}, required: true }] }]
        """;

    private async Task<string> SayAsync(params string[] args)
    {
        (int exit, string output, string error) = await _run.RunAsync(args);
        // What was asked for isn't what was said.
        _said.Append(output).Append(error);
        Assert.True(exit == ExitCode.Ok, $"{string.Join(' ', args)}: {output}{error}");
        return output;
    }

    private async Task<JsonElement> JsonAsync(params string[] args) => JsonDocument.Parse(await SayAsync(args)).RootElement;

    private List<string> CuratedLines() =>
        [.. Directory.GetFiles(Path.Combine(_run.Folder, "penstock-data/curated/app/users")).SelectMany(File.ReadLines)];

    private List<string> Places(string text, string except) =>
        [.. Directory.EnumerateFiles(Path.Combine(_run.Folder, "penstock-data"), "*", SearchOption.AllDirectories)
            .Where(file => except.Length == 0 || !file.Contains($"/penstock-data/{except}/", StringComparison.Ordinal))
            .Where(file => file.Contains(text, StringComparison.Ordinal) || Content(file).Contains(text, StringComparison.OrdinalIgnoreCase))];

    private static string Content(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (bytes is not [0x1f, 0x8b, ..])
            return Encoding.UTF8.GetString(bytes);
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        return Encoding.UTF8.GetString(plain.ToArray());
    }
}
