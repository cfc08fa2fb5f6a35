using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Values;

public class ValueTextTests
{
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e22, "1e+22")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(9007199254740993.0, "9007199254740992.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(434.99999999999994, "434.99999999999994")]
    [InlineData(123.456, "123.456")]
    [InlineData(1234567.5, "1234567.5")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NaN, "nan")]
    public void floats_print_as_the_shortest_that_reads_back(double number, string expected) =>
        Assert.Equal(expected, ((Value)number).ToString());

    [Theory]
    [InlineData("a", "'a'")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("both ' and \"", "'both \\' and \"'")]
    [InlineData("back\\slash", "'back\\\\slash'")]
    [InlineData("line\ntab\t\r", "'line\\ntab\\t\\r'")]
    [InlineData("\u0000\u007f\u00a0", "'\\x00\\x7f\\xa0'")]
    [InlineData("é日😀", "'é日😀'")]
    [InlineData("\u200b", "'\\u200b'")]
    public void texts_inside_lists_print_quoted(string text, string expected) =>
        Assert.Equal($"[{expected}]", Value.Of(new ListValue([text])).ToString());

    [Fact]
    public void collections_print_as_python_literals()
    {
        Assert.Equal("{'a': [1, 2.0, None, True], 'b': {}}", Json.Value("""{"a":[1,2.0,null,true],"b":{}}""").ToString());
        Assert.Equal("(1,)", ((Value)new TupleValue(1)).ToString());
        Assert.Equal("()", ((Value)new TupleValue()).ToString());
        Assert.Equal("set()", ((Value)new SetValue()).ToString());
        Assert.Equal("{1, 'a'}", ((Value)new SetValue(1, "a")).ToString());
        Assert.Equal("b'a\\x00\\xff'", ((Value)new BytesValue([97, 0, 255])).ToString());
    }

    [Theory]
    [InlineData("\ud83d\ude00", 1)]
    [InlineData("a\ud83d\ude00b", 3)]
    [InlineData("é", 1)]
    public void length_counts_code_points(string text, long expected) => Assert.Equal(expected, CodePoints.Count(text));

    [Fact]
    public void a_lone_surrogate_is_a_code_point_and_prints_escaped()
    {
        Assert.Equal(1, CodePoints.Count("\ud83d"));
        Assert.Equal("'\\ud83d'", ((Value)"\ud83d").ToRepr());
    }

    [Fact]
    public void order_is_by_code_points() => Assert.True(CodePoints.Compare("\ud83d\ude00", "\uffff") > 0);
}
