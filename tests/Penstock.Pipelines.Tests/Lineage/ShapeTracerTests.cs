using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lineage;

namespace Penstock.Pipelines.Tests.Lineage;

public class ShapeTracerTests
{
    [Theory]
    [InlineData("id", "id", "identity")]
    [InlineData("magnitude", "properties.mag", "rename")]
    [InlineData("place.city", "properties.address.city", "rename")]
    [InlineData("geometry_type", "geometry.type", "flatten")]
    [InlineData("label", "title,properties.mag", "derive: {{ record['title'] }} {{ record.magnitude | round }}")]
    [InlineData("loaded", "", "derive: {{ now_utc() }}")]
    public void a_field_is_traced_back_through_the_shape(string field, string inputs, string change)
    {
        var shape = new RecordShape(
            [
                new FilterStep("{{ record.id }}"),
                new RenameStep([(["properties", "mag"], "magnitude"), (["properties", "address"], "place")]),
                new FlattenStep("geometry", null),
                new DeriveStep([("label", "{{ record['title'] }} {{ record.magnitude | round }}"), ("loaded", "{{ now_utc() }}")]),
                new RemoveStep(["properties"]),
            ],
            []);
        (IReadOnlyList<string> found, string what) = new ShapeTracer(shape).Trace(field);
        Assert.Equal((inputs, change), (string.Join(',', found), what));
    }

    [Fact]
    public void a_member_that_is_derived_from_another_is_traced_to_what_that_is_made_of()
    {
        var shape = new RecordShape([new DeriveStep([("first", "{{ record.a }}"), ("second", "{{ record.first }}{{ record.b }}")])], []);
        Assert.Equal(["a", "b"], new ShapeTracer(shape).Trace("second").Inputs);
    }
}
