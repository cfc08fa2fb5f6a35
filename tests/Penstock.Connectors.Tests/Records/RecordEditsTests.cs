using System.Text;
using Penstock.Connectors.Tests.Retrieval;
using Penstock.Connectors.Values.Json;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Records;

/// <summary>Records are edited as bytes where that is possible; it must give what editing whole records gives.</summary>
public class RecordEditsTests
{
    private const string Edits = """
        { type: AddFields, fields: [ { path: [b], value: "{{ record.get('a', 0) }}" }, { path: [new], value: "{{ stream_partition.id }}" }, { path: [c], value: "{{ record.b }}" } ] },
        { type: RemoveFields, field_pointers: [[d], [e]] },
        { type: AddFields, fields: [ { path: [e], value: "x" } ], condition: "{{ 'f' in record }}" },
        """;

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "record_filter: { type: RecordFilter, condition: \"{{ record.a != 1 }}\" }, ")]
    [InlineData(3, "transform_before_filtering: true, record_filter: { type: RecordFilter, condition: \"{{ record.b != 1 }}\" }, ")]
    public async Task Editing_bytes_gives_what_editing_values_gives(int seed, string filter)
    {
        var chance = new Random(seed);
        var page = $"{{\"data\":[{string.Join(" ,", Enumerable.Range(0, 400).Select(_ => RandomRecord(chance)))}]}}";
        var retriever = ReadingFixture.Plain.Replace("type: RecordSelector,", $"type: RecordSelector, {filter}");

        var bytes = new ReadingFixture(new StubSource(Json(page))) { Transformations = $"[ {Edits} ]" };
        Assert.NotNull(bytes.Build(retriever)!.Selector.Edits);
        var values = new ReadingFixture(new StubSource(Json(page))) { Transformations = $"[ {Edits} {{ type: RemoveFields, field_pointers: [[none, none]] }} ]" };
        Assert.Null(values.Build(retriever)!.Selector.Edits);

        var (edited, expected) = (await bytes.ReadAsync(retriever), await values.ReadAsync(retriever));
        Assert.Null(edited.Error);
        Assert.True(expected.Records.Count > 100);
        Assert.Equal(expected.Records.Select(Canonical), edited.Records.Select(Canonical));
    }

    private static string RandomRecord(Random chance)
    {
        var record = new StringBuilder("{");
        var fields = chance.Next(8);
        for (var i = 0; i < fields; i++)
        {
            string[] names = ["a", "b", "c", "d", "e", "f", "\\u0061", "x y", "\\\"", "new"];
            string[] values = ["1", "\"t,\\\"}\"", "null", "[1, {\"a\" : 2} ]", "{ }", "{\"d\":{\"e\":[]}}", "1.50", "true", "\"\""];
            var space = chance.Next(3) == 0 ? " " : "";
            record.Append(i > 0 ? "," : "").Append(space).Append('"').Append(names[chance.Next(names.Length)]).Append('"').Append(space).Append(':').Append(space)
                .Append(values[chance.Next(values.Length)]).Append(space);
        }

        return record.Append('}').ToString();
    }

    private static string Canonical(string record) => string.Join(
        ',', ValueJsonReader.Read(record).AsDict!.Entries.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value.ToRepr()}"));
}
