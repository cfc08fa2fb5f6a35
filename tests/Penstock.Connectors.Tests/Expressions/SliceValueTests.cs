using Penstock.Connectors.Expressions;
using Penstock.Connectors.Tests.Values;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Expressions;

public class SliceValueTests
{
    private static readonly SliceValue Slice = new(
        Json.Value("""{"id":7,"parent":{"x":1}}""").AsDict!, Json.Value("""{"start":"a"}""").AsDict, Json.Value("""{"name":"n"}""").AsDict);

    [Theory]
    [InlineData("{{ stream_slice }}", "{'id': 7, 'parent': {'x': 1}, 'start': 'a'}")]
    [InlineData("{{ stream_slice.id }}", "7")]
    [InlineData("{{ stream_slice.parent.x }}", "1")]
    [InlineData("{{ stream_slice['start'] }}", "'a'")]
    [InlineData("{{ stream_slice.partition }}", "{'id': 7, 'parent': {'x': 1}}")]
    [InlineData("{{ stream_slice['partition'] }}", "{'id': 7, 'parent': {'x': 1}}")]
    [InlineData("{{ stream_slice.cursor_slice.start }}", "'a'")]
    [InlineData("{{ stream_slice.extra_fields['name'] }}", "'n'")]
    [InlineData("{{ stream_slice['name'] }}", "''")]
    [InlineData("{{ stream_slice.get('name', 'd') }}", "'d'")]
    [InlineData("{{ stream_slice | length }}", "3")]
    [InlineData("{{ stream_slice | list }}", "['id', 'parent', 'start']")]
    [InlineData("{{ 'id' in stream_slice }}", "True")]
    [InlineData("{{ stream_slice.items() | first }}", "('id', 7)")]
    [InlineData("{{ stream_slice is mapping }}", "True")]
    [InlineData("{{ {'id': 7, 'parent': {'x': 1}, 'start': 'a'} == stream_slice }}", "True")]
    [InlineData("{{ dict(**stream_slice).id }}", "7")]
    [InlineData("{{ stream_slice.update({}) }}", "!Undefined")]
    [InlineData("{{ stream_slice | string }}", "'{{ stream_slice | string }}'")]
    [InlineData("{{ stream_slice[:1] }}", "!Key")]
    public void a_slice_is_a_mapping_with_its_parts_as_attributes(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, Evaluations.Context().Set("stream_slice", Slice)));

    [Fact]
    public void a_slice_of_extra_fields_only_is_true()
    {
        Assert.True(new SliceValue(new DictValue(), extraFields: new DictValue([new("a", 1)])).IsTruthy);
        Assert.False(new SliceValue(new DictValue()).IsTruthy);
    }

    [Fact]
    public void a_partition_and_a_window_must_not_share_a_key() =>
        Assert.Throws<ArgumentException>(() => new SliceValue(new DictValue([new("a", 1)]), new DictValue([new("a", 2)])));
}
