using System.Text;
using System.Text.Json;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Tests.Values;

public class ValueJsonTests
{
    [Theory]
    [InlineData("""{"b":1,"a":[1.5,null,true,"x"],"c":{}}""")]
    [InlineData("""{"float":10.0,"exponent":1e25,"small":1e-7,"negative":-0.0}""")]
    [InlineData("""["é","日本","😀","a\"b\\c","<&>'+"]""")]
    [InlineData("""[9223372036854775807,-9223372036854775808]""")]
    [InlineData("""["tab\tline\n","\u0001"]""")]
    public void what_is_read_is_written_the_same(string json) => Assert.Equal(json, Json.Text(Json.Value(json)));

    [Fact]
    public void text_beyond_the_basic_plane_and_odd_spaces_are_not_escaped() =>
        Assert.Equal("\"\U0001F600\u00A0\u2028\u200B\uE000\U000E0001\"", Json.Text("\U0001F600\u00A0\u2028\u200B\uE000\U000E0001"));

    [Fact]
    public void the_last_of_a_repeated_key_wins_in_the_place_of_the_first() =>
        Assert.Equal("""{"a":3,"b":2}""", Json.Text(Json.Value("""{"a":1,"b":2,"a":3}""")));

    [Fact]
    public void large_integers_are_exact_or_floats_as_asked()
    {
        Assert.Equal("12345678901234567890123", Json.Text(ValueJsonReader.Read("12345678901234567890123")));
        Assert.Equal("1.2345678901234568e22", Json.Text(ValueJsonReader.Read("12345678901234567890123", LargeIntegers.Float)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{'a':1}")]
    public void what_is_not_json_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => ValueJsonReader.Read(text));

    [Fact]
    public void values_that_json_lacks_are_written_as_the_nearest_thing()
    {
        Assert.Equal("[1,2]", Json.Text(new TupleValue(1, 2)));
        Assert.Equal("null", Json.Text(double.NaN));
        Assert.Equal("{\"2\":null,\"true\":1,\"null\":2}", Json.Text(new DictValue([new(2, Value.None), new(true, 1), new(Value.None, 2)])));
    }

    [Fact]
    public void a_reader_is_left_on_the_last_token_of_the_value()
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes("""{"a":[1,{"b":2}],"c":3}"""));
        reader.Read();
        reader.Read();
        reader.Read();
        Assert.Equal("[1, {'b': 2}]", ValueJsonReader.Read(ref reader).ToString());
        reader.Read();
        Assert.Equal("c", reader.GetString());
    }
}
