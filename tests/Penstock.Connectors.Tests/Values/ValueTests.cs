using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Values;

public class ValueTests
{
    [Fact]
    public void the_default_value_is_none()
    {
        Assert.True(default(Value).IsNone);
        Assert.Equal(ValueKind.None, default(Value).Kind);
        Assert.Equal("None", default(Value).ToString());
    }

    public static TheoryData<string, bool> Truths => new()
    {
        { "null", false }, { "false", false }, { "true", true }, { "0", false }, { "-0.0", false }, { "0.1", true },
        { "\"\"", false }, { "\"0\"", true }, { "[]", false }, { "[0]", true }, { "{}", false }, { "{\"a\":null}", true },
        { "123456789012345678901234567890", true },
    };

    [Theory]
    [MemberData(nameof(Truths))]
    public void truth_is_pythons(string json, bool expected) => Assert.Equal(expected, Json.Value(json).IsTruthy);

    public static TheoryData<string, string> Equals_in_python => new()
    {
        { "1", "1.0" }, { "1", "true" }, { "0.0", "false" }, { "[1, 2.0]", "[1.0, 2]" }, { "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1.0}" },
        { "100000000000000000000", "1e20" }, { "\"a\"", "\"a\"" }, { "null", "null" },
    };

    [Theory]
    [MemberData(nameof(Equals_in_python))]
    public void values_equal_across_number_types_and_orders_of_keys(string left, string right)
    {
        Assert.Equal(Json.Value(left), Json.Value(right));
        Assert.True(Json.Value(right) == Json.Value(left));
    }

    [Theory]
    [InlineData("\"1\"", "1")]
    [InlineData("null", "false")]
    [InlineData("[]", "{}")]
    [InlineData("9007199254740993", "9007199254740992.0")]
    [InlineData("[1]", "[1, 1]")]
    public void values_differ_when_types_or_digits_do(string left, string right) => Assert.NotEqual(Json.Value(left), Json.Value(right));

    [Fact]
    public void equal_keys_are_one_key()
    {
        var dict = new DictValue();
        dict[1] = "int";
        dict[1.0] = "float";
        dict[true] = "bool";
        Assert.Equal("{1: 'bool'}", Value.Of(dict).ToString());
    }

    [Fact]
    public void a_list_is_no_key()
    {
        var error = Assert.Throws<ValueException>(() => new DictValue()[new ListValue()] = 1);
        Assert.Equal(ValueErrorKind.Type, error.Kind);
    }

    [Fact]
    public void integers_have_no_limit_but_the_one_on_printing()
    {
        Value huge = Value.Of(BigInteger.Pow(2, 100));
        Assert.Equal("1267650600228229401496703205376", huge.ToString());
        Assert.Equal(ValueErrorKind.Value, Assert.Throws<ValueException>(() => Value.Of(BigInteger.Pow(10, 5000)).ToString()).Kind);
    }

    [Fact]
    public void a_big_integer_that_fits_64_bits_is_a_small_one() =>
        Assert.True(Value.Of(new BigInteger(long.MaxValue)).TryGetInt64(out _));

    [Fact]
    public void a_list_that_contains_itself_is_an_error_not_a_crash()
    {
        var list = new ListValue();
        list.Elements.Add(list);
        Assert.Equal(ValueErrorKind.Recursion, Assert.Throws<ValueException>(() => Value.Of(list).ToString()).Kind);
        Assert.Equal(ValueErrorKind.Recursion, Assert.Throws<ValueException>(() => Connectors.Values.Json.ValueJsonWriter.ToUtf8(list)).Kind);
    }
}
