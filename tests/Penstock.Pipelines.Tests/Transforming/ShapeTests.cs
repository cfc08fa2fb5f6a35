using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Transforming;
using Penstock.Testing;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Transforming;

/// <summary>Shapes as a pipeline's file says them.</summary>
public class ShapeTests
{
    [Theory]
    [InlineData("- select: [id, 'a*']", """{"b":1,"id":7,"ab":[1.50],"a":null}""", """{"id":7,"ab":[1.50],"a":null}""")]
    [InlineData("- remove: [secret, '_*']", """{"id":7,"secret":1,"_x":{},"y":2}""", """{"id":7,"y":2}""")]
    [InlineData("- rename: { OrderId: order, customer.mail: email }", """{"id":7,"OrderId":9.90,"customer":{"mail":"a@b","x":1}}""", """{"id":7,"order":9.90,"customer":{"mail":"a@b","x":1},"email":"a@b"}""")]
    [InlineData("- rename: { a: b }", """{"id":7,"a":1,"b":2}""", """{"id":7,"b":1}""")]
    [InlineData("""- derive: { total: "{{ record.price * record.count }}", big: "{{ record.total > 10 }}" }""", """{"id":7,"price":2.5,"count":5}""", """{"id":7,"price":2.5,"count":5,"total":12.5,"big":true}""")]
    [InlineData("""- derive: { name: "{{ record.name | upper }}" }""", """{"id":7,"name":"ann","x":1}""", """{"id":7,"name":"ANN","x":1}""")]
    [InlineData("- flatten: address", """{"id":7,"address":{"city":"Graz","geo":{"x":1.0}},"y":2}""", """{"id":7,"address_city":"Graz","address_geo":{"x":1.0},"y":2}""")]
    [InlineData("- flatten: { member: address, prefix: '' }", """{"id":7,"address":{"city":"Graz"}}""", """{"id":7,"city":"Graz"}""")]
    [InlineData("- flatten: true", """{"id":7,"a":{"b":{"c":1},"d":[{}]},"e":{}}""", """{"id":7,"a_b_c":1,"a_d":[{}]}""")]
    [InlineData("- { type: KeysToSnakeCase }", """{"id":7,"OrderId":1,"price":9.90}""", """{"id":7,"order_id":1,"price":9.90}""")]
    [InlineData("- { type: RemoveFields, field_pointers: [[a, b]] }", """{"id":7,"a":{"b":1,"c":2}}""", """{"id":7,"a":{"c":2}}""")]
    [InlineData("- { type: AddFields, fields: [{ path: [x, y], value: '{{ record.id }}' }] }", """{"id":7}""", """{"id":7,"x":{"y":7}}""")]
    [InlineData("""- derive: { none: "{{ record.missing }}", deep: "{{ record.missing.deeper }}", or: "{{ record.missing or 1 }}" }""", """{"id":7}""", """{"id":7,"none":null,"deep":null,"or":1}""")]
    [InlineData("- select: [id]\n      - derive: { twice: '{{ record.id * 2 }}' }", """{ "id" : 7 , "b" : 2 }""", """{"id":7,"twice":14}""")]
    public async Task a_step_changes_what_it_names_and_leaves_the_other_bytes(string shape, string record, string expected) =>
        Assert.Equal([expected], (await CurateAsync(shape, record)).Rows);

    [Fact]
    public async Task what_a_filter_does_not_hold_for_is_left_out_and_counted()
    {
        Curated curated = await CurateAsync("""- filter: "{{ record.total > 0 and record.kind != 'test' }}" """, """{"id":1,"total":5}""", """{"id":2,"total":0}""", """{"id":3,"total":9,"kind":"test"}""");
        Assert.Equal(["""{"id":1,"total":5}"""], curated.Rows);
        Assert.Equal((3, 1, 2), (curated.Entry.Read, curated.Entry.Curated, curated.Entry.Filtered));
    }

    [Fact]
    public async Task a_record_that_a_template_fails_on_is_set_aside_and_its_neighbours_go_on()
    {
        Curated curated = await CurateAsync("""- derive: { total: "{{ record.price * record.count }}" }""", """{"id":1,"price":2,"count":2}""", """{"id":2,"price":{},"count":2}""");
        Assert.Equal(["""{"id":1,"price":2,"count":2,"total":4}"""], curated.Rows);
        Assert.Contains("\"rule\":\"shape\",\"path\":\"total\"", Assert.Single(curated.Quarantine));
    }

    [Fact]
    public async Task the_items_of_a_list_are_rows_of_their_own_with_the_key_of_their_record_and_their_place()
    {
        Curated curated = await CurateAsync("- explode: items", """{"id":1,"items":[{"sku":"a","n":1.50},{"sku":"b"}],"v":1}""", """{"id":2,"items":null}""", """{"id":3,"items":[5,"x"]}""");
        Assert.Equal(["""{"id":1,"v":1}""", """{"id":2}""", """{"id":3}"""], curated.Rows);
        Assert.Equal(
        [
            """{"parent_id":1,"position":0,"sku":"a","n":1.50}""", """{"parent_id":1,"position":1,"sku":"b"}""",
            """{"parent_id":3,"position":0,"value":5}""", """{"parent_id":3,"position":1,"value":"x"}""",
        ], await curated.TableAsync("orders.items"));
        Assert.Equal(4, curated.Entry.Exploded!["orders.items"]);
        Assert.True(curated.Entry.Balances);
    }

    [Fact]
    public async Task items_that_a_newer_version_of_their_record_has_not_are_gone_and_older_ones_do_not_come_back()
    {
        const string Shape = "- explode: { list: items, into: lines, parent: { id: order_id }, position: line, keep: true }";
        Curated curated = await CurateAsync(Shape, """{"id":1,"v":2,"items":[{"sku":"c"}]}""", """{"id":1,"v":1,"items":[{"sku":"a"},{"sku":"b"}]}""");
        Assert.Equal(["""{"order_id":1,"line":0,"sku":"c"}"""], await curated.TableAsync("lines"));
        Assert.Equal(["""{"id":1,"v":2,"items":[{"sku":"c"}]}"""], curated.Rows);
    }

    [Fact]
    public async Task an_item_with_a_member_of_the_name_of_its_place_is_set_aside_with_its_record()
    {
        Curated curated = await CurateAsync("- explode: items", """{"id":1,"items":[{"position":9}]}""", """{"id":2,"items":{}}""");
        Assert.Empty(curated.Rows);
        Assert.Contains("\"path\":\"items[0].position\"", curated.Quarantine[0]);
        Assert.Contains("\"rule\":\"explode\",\"path\":\"items\"", curated.Quarantine[1]);
    }

    [Theory]
    [InlineData("- filtr: x", ":8: streams[0].shape[0]: The step says nothing that is known. Did you mean 'filter'?")]
    [InlineData("- { select: [id], remove: [x] }", "A step does one thing, but this one has 'select' and 'remove'")]
    [InlineData("- filter: \"{{ record. }}\"", "streams[0].shape[0].filter: The template can't be used")]
    [InlineData("- filter: yes please", "The condition is the same for every record")]
    [InlineData("- derive: { total: '{{ 1 + }}' }", "streams[0].shape[0].derive.total: The template can't be used")]
    [InlineData("- { type: KeysToSnakeCas }", "Use one of AddFields, RemoveFields")]
    [InlineData("- explode: items\n      - select: [id]", "'explode' comes last")]
    [InlineData("- explode: { list: items, into: orders }", "'orders' is the stream's own table")]
    [InlineData("- explode: { list: items, inot: x }", "Did you mean 'into'?")]
    [InlineData("- flatten: { prefix: x }", "'member' is missing")]
    public async Task a_mistake_in_a_shape_is_told_with_its_line_and_path(string shape, string problem)
    {
        var broken = Assert.IsType<BrokenPipeline>(await LoadAsync(shape));
        Assert.Contains(broken.Problems, found => found.ToString().Contains(problem, StringComparison.Ordinal) && found.Line >= 8);
    }

    private sealed record Curated(PenstockWorld World, TransformEntry Entry, string[] Rows, string[] Quarantine)
    {
        public async Task<string[]> TableAsync(string table) =>
            await World.Stores.Curated.ReadAsync(new CuratedTable("sample", table)).Select(row => Encoding.UTF8.GetString(row.Json.Span)).ToArrayAsync();
    }

    private static async Task<Curated> CurateAsync(string shape, params string[] records)
    {
        var world = new PenstockWorld();
        world.Pipelines.Pipeline = Assert.IsType<UsablePipeline>(await LoadAsync(shape)).Pipeline;
        var batch = new ReceivedBatch("sample", "orders", "webhook", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        string blob = Assert.IsType<BatchLanded>(await world.Get<ReceiveStage>().RunAsync(batch)).Blob!;
        var done = Assert.IsType<BlobCurated>(await world.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob)));
        string[] rows = await world.Stores.Curated.ReadAsync(new CuratedTable("sample", "orders")).Select(row => Encoding.UTF8.GetString(row.Json.Span)).ToArrayAsync();
        return new Curated(world, done.Entry, rows, await QuarantineAsync(world, blob));
    }

    private static async Task<string[]> QuarantineAsync(PenstockWorld world, string blob)
    {
        if (await world.Stores.Blobs.OpenAsync(QuarantineWriter.NameFor(blob)) is not { } stream)
            return [];
        return await Penstock.Pipelines.Landing.RawBlobReader.ReadLinesAsync(stream).Select(line => Encoding.UTF8.GetString(line)).ToArrayAsync();
    }

    private static async Task<PipelineEntry> LoadAsync(string shape)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "sample"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "sample", "pipeline.yaml"), $$"""
            pipeline: sample
            streams:
              - stream: orders
                key: [id]
                version: v
                receive: { event_hub: orders }
                shape:
                  {{shape}}
            """);
        return (await new FolderPipelineCatalog(folder.Path).FindAsync("sample"))!;
    }
}
