using Penstock.Connectors.Components;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using Penstock.Connectors.Values;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Cursors;

public class StateMigrationTests
{
    private const string Legacy = """{"13506132":{"updated":"2022-12-27"},"7":{"updated":"2023-01-01"}}""";
    private const string Today = """{"states":[{"partition":{"project_id":"13506132"},"cursor":{"updated":"2022-12-27"}},{"partition":{"project_id":"7"},"cursor":{"updated":"2023-01-01"}}]}""";
    private const string Cursor = """incremental_sync: {type: DatetimeBasedCursor, cursor_field: "{{ 'up' ~ 'dated' }}", datetime_format: "%Y-%m-%d", start_datetime: "2020-01-01"}""";
    private const string Parents = """partition_router: {type: SubstreamPartitionRouter, parent_stream_configs: [{parent_key: id, partition_field: project_id, stream: {name: projects, retriever: {requester: {type: HttpRequester, url_base: "https://a.example"}, record_selector: {extractor: {field_path: []}}}}}]}""";
    private const string Union = """partition_router: {type: UnionPartitionRouter, partition_field: project_id, partition_routers: [{type: ListPartitionRouter, cursor_field: project_id, values: ["7"]}]}""";

    [Theory]
    [InlineData(Parents)]
    [InlineData(Union)]
    public async Task a_cursor_for_each_parent_becomes_a_state_for_each_partition(string router)
    {
        var stream = await StreamAsync(router);
        Assert.Equal(Today, stream.MigrateState(Legacy));
    }

    [Theory]
    [InlineData(Today)]
    [InlineData("{}")]
    [InlineData("""{"updated":"2022-12-27"}""")]
    [InlineData("""{"7":{"other":"2022-12-27"}}""")]
    [InlineData("""{"7":{"updated":"2022-12-27","more":1}}""")]
    public async Task a_state_in_any_other_form_stays(string state) => Assert.Equal(state, (await StreamAsync(Parents)).MigrateState(state));

    [Fact]
    public async Task a_migration_of_ones_own_runs_where_it_says_that_it_should()
    {
        var manifest = Manifest(Stream("items", stream: Cursor + "\n  state_migrations: [{type: CustomStateMigration, class_name: a.Rename}]"));
        var components = new ConnectorComponents([ComponentRegistration.Of<IStateMigration>("a.Rename", parts => new Rename())]);
        var connector = Assert.IsType<ConnectorLoaded>(Connector.Load(manifest, "m.yaml", components)).Connector;
        var stream = Assert.IsType<ConnectorOpened>(await connector.OpenAsync("{}"u8, new ConnectorFixture(new StubSource()).Options)).Source.Streams[0];
        Assert.Equal("""{"updated":"2024-01-01"}""", stream.MigrateState("""{"modified":"2024-01-01"}"""));
        Assert.Equal("""{"updated":"2024-01-01"}""", stream.MigrateState("""{"updated":"2024-01-01"}"""));
    }

    [Fact]
    public async Task without_parents_the_migration_is_a_mistake_that_blocks_its_stream_only()
    {
        var source = await new ConnectorFixture(new StubSource()).OpenAsync(Manifest(
            Stream("alone", stream: Cursor + "\n  state_migrations: [{type: LegacyToPerPartitionStateMigration}]"), Stream("items")));
        Assert.Equal("items", Assert.Single(source.Streams).Name);
        Assert.Contains("needs a cursor, and a partition router", source.Blocked[0].Problems[0].Message, StringComparison.Ordinal);
    }

    private static Task<IStream> StreamAsync(string router) => new ConnectorFixture(new StubSource()).StreamAsync(
        Manifest(Stream("items", router, Cursor + "\n  state_migrations: [{type: LegacyToPerPartitionStateMigration}]")), "items");

    private sealed class Rename : IStateMigration
    {
        public bool ShouldMigrate(DictValue state) => state.TryGet("modified", out _);

        public DictValue Migrate(DictValue state) => new() { ["updated"] = state["modified"] };
    }
}
