using System.Text;
using Penstock.Connectors.Http;
using Penstock.Connectors.Protocol;
using Penstock.Connectors.Recording;
using Penstock.Connectors.Tests.Http;
using Penstock.Testing;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Recording;

public sealed class ConnectorRecordingTests : IDisposable
{
    private const string Yaml = """
        version: 6.0.0
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [items]}
        streams:
        - type: DeclarativeStream
          name: items
          incremental_sync: {type: DatetimeBasedCursor, cursor_field: day, datetime_format: "%Y-%m-%d", start_datetime: "{{ day_delta(-2, format='%Y-%m-%d') }}", start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: since}}
          retriever:
            type: SimpleRetriever
            requester:
              type: HttpRequester
              url_base: "{{ config['base'] }}"
              path: /items
              request_parameters: {key: "{{ config['credentials']['key'] }}"}
              authenticator:
                type: SessionTokenAuthenticator
                login_requester: {type: HttpRequester, url_base: "{{ config['base'] }}", path: /login, http_method: POST, request_body_json: {password: "{{ config['password'] }}"}}
                session_token_path: [token]
                request_authentication: {type: ApiKey, inject_into: {type: RequestOption, inject_into: request_parameter, field_name: session}}
            paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}, pagination_strategy: {type: PageIncrement, page_size: 1}}
            record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
        spec:
          type: Spec
          connection_specification:
            type: object
            properties:
              base: {type: string}
              password: {type: string, airbyte_secret: true}
              credentials: {oneOf: [{properties: {key: {type: string, airbyte_secret: true}}}]}
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task what_is_recorded_once_is_replayed_without_the_source_and_its_secrets()
    {
        await using var source = new LoopbackSource(context => LoopbackSource.WriteAsync(context, 200, Encoding.UTF8.GetBytes(context.Request.RawUrl switch
        {
            "/login" => """{"token":"issued/t0ken"}""",
            { } url when url.Contains("page=1", StringComparison.Ordinal) => "[]",
            _ => """[{"id":1,"day":"2024-01-09"}]""",
        }), ("Set-Cookie", "s=k3y")));
        var address = $"http://127.0.0.1:{source.Port}";
        var folder = Path.Combine(_folder.Path, "recorded");
        var now = new DateTimeOffset(2024, 1, 10, 0, 0, 0, TimeSpan.Zero);
        var recorded = await ReadAsync(ConnectorRecording.Begin(folder, now), $$"""{"base":"{{address}}","password":"pa55 w/rd","credentials":{"key":"k3y+one"} }""");
        Assert.Contains("\"id\":1", recorded, StringComparison.Ordinal);

        var files = string.Concat(Directory.EnumerateFiles(folder).Select(File.ReadAllText));
        Assert.Contains("since=2024-01-08", files, StringComparison.Ordinal);
        Assert.All(["pa55", "k3y", "issued", "t0ken"], secret => Assert.DoesNotContain(secret, files, StringComparison.Ordinal));

        // Another config, another day, and no source.
        var calls = source.Requests.Count;
        var replayed = await ReadAsync(ConnectorRecording.Open(folder), $$"""{"base":"{{address}}","password":"another","credentials":{"key":"none"} }""");
        Assert.Equal(recorded, replayed);
        Assert.Equal(calls, source.Requests.Count);
    }

    [Fact]
    public async Task a_call_that_was_not_recorded_is_an_error_at_once()
    {
        var folder = Path.Combine(_folder.Path, "empty");
        ConnectorRecording.Begin(folder, DateTimeOffset.UnixEpoch);
        Assert.Contains("the recording has no answer to it", await ReadAsync(ConnectorRecording.Open(folder), """{"base":"https://api.example.com"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void a_folder_is_recorded_into_once_and_replayed_only_if_it_was()
    {
        var folder = Path.Combine(_folder.Path, "one");
        Assert.Contains("has no recording", Assert.Throws<IOException>(() => ConnectorRecording.Open(folder)).Message, StringComparison.Ordinal);
        ConnectorRecording.Begin(folder, DateTimeOffset.UnixEpoch);
        Assert.Contains("has a recording already", Assert.Throws<IOException>(() => ConnectorRecording.Begin(folder, DateTimeOffset.UnixEpoch)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "0001.json"), "{");
        Assert.Contains("0001.json", Assert.Throws<System.Text.Json.JsonException>(() => ConnectorRecording.Open(folder)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> ReadAsync(ConnectorRecording recording, string config)
    {
        var connector = Load(Yaml);
        var json = Encoding.UTF8.GetBytes(config);
        var settings = new AirbyteSettings { Seed = 1, Recording = recording, Hosts = HostPolicy.AnyPublic with { Private = ["127.0.0.1"] } };
        using var output = new MemoryStream();
        await new AirbyteSource(connector, settings.ToOptions(connector, json), output).ReadAsync(json, default, []);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
