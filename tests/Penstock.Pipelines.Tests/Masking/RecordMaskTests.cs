using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Tests.Masking;

public class RecordMaskTests
{
    private static readonly MaskKey Key = new(1, "a key that nobody can guess"u8.ToArray());

    [Theory]
    [InlineData("""{"id":1,"name":"Ada"}""", """{"id":1,"name":"***"}""")]
    [InlineData("""{ "name" : "Ada" , "id" : 1 }""", """{ "name" : "***" , "id" : 1 }""")]
    [InlineData("""{"name":17}""", """{"name":null}""")]
    [InlineData("""{"name":true}""", """{"name":null}""")]
    [InlineData("""{"name":null}""", """{"name":null}""")]
    [InlineData("""{"name":{"first":"Ada"}}""", """{"name":null}""")]
    [InlineData("""{"name":["Ada",1,null]}""", """{"name":null}""")]
    [InlineData("""{"name":"Ada","name":"Lovelace"}""", """{"name":"***","name":"***"}""")]
    [InlineData("""{"n\u0061me":"Ada"}""", """{"n\u0061me":"***"}""")]
    [InlineData("""{"other":{"name":"Ada"}}""", """{"other":{"name":"Ada"}}""")]
    public void redacted_is_a_text_of_stars_or_null(string json, string masked) =>
        Assert.Equal(masked, Mask(json, ("name", new RedactValue())));

    [Theory]
    [InlineData("""{"a":1,"b":2,"c":3}""", "a", """{"b":2,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "b", """{"a":1,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "c", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", "a", "{}")]
    [InlineData("""{"a":1,"a":2,"b":3}""", "a", """{"b":3}""")]
    [InlineData("""{"b":3,"a":1,"a":2}""", "a", """{"b":3}""")]
    [InlineData("""{"b":{"a":1,"c":2}}""", "b.a", """{"b":{"c":2}}""")]
    [InlineData("""{"b":[{"a":1},{"c":2,"a":1},3]}""", "b[].a", """{"b":[{},{"c":2},3]}""")]
    [InlineData("""{"a":{"x":[1,2]},"b":1}""", "a", """{"b":1}""")]
    public void a_dropped_field_leaves_no_trace(string json, string path, string masked) => Assert.Equal(masked, Mask(json, (path, new DropValue())));

    [Fact]
    public void dropped_fields_side_by_side_leave_json_behind()
    {
        foreach (string kept in new[] { "", "a", "b", "c", "d", "ab", "ad", "bd", "abcd", "acd" })
        {
            (string, MaskRule)[] drops = [.. "abcd".Where(name => !kept.Contains(name)).Select(name => ($"{name}", (MaskRule)new DropValue()))];
            string masked = Mask("""{ "a" : 1 , "b" : "x" , "c" : [ 1 ] , "d" : { } }""", [.. drops, ("e", new RedactValue())]);
            Assert.Equal(kept, string.Concat(JsonDocument.Parse(masked).RootElement.EnumerateObject().Select(property => property.Name)));
        }
    }

    [Fact]
    public void a_hash_is_the_hmac_of_the_text_with_the_keys_version()
    {
        string expected = "h1." + Convert.ToBase64String(HMACSHA256.HashData(Key.Bytes.Span, "ada@example.com"u8)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal($$"""{"email":"{{expected}}"}""", Mask("""{"email":"ada@example.com"}""", ("email", new HashValue())));
        Assert.Equal($$"""{"email":"{{expected}}"}""", Mask("""{"email":"ada\u0040example.com"}""", ("email", new HashValue())));
        Assert.Equal($$"""{"email":"{{expected}}"}""", Mask("""{"email":" Ada@Example.com"}""", ("email", new HashValue(IgnoreCase: true))));
    }

    [Fact]
    public void a_number_and_a_text_written_alike_give_one_token_so_that_joins_work() =>
        Assert.Equal(Mask("""{"id":42}""", ("id", new HashValue())), Mask("""{"id":"42"}""", ("id", new HashValue())));

    [Fact]
    public void another_key_gives_other_tokens() =>
        Assert.NotEqual(Mask("""{"id":42}""", ("id", new HashValue())), Mask("""{"id":42}""", new MaskKey(1, "another key, as long as that"u8.ToArray()), ("id", new HashValue())));

    [Fact]
    public void a_rule_on_an_object_or_array_holds_for_all_in_it_but_what_has_a_rule_of_its_own()
    {
        string masked = Mask(
            """{"customer":{"name":"Ada","tags":["x",{"y":1}],"country":"AT","since":"2020-05-17"},"id":1}""",
            ("customer", new PartialValue(PartialKind.Text)), ("customer.country", new KeepValue()), ("customer.since", new GeneraliseDate(DateUnit.Year)));
        Assert.Equal("""{"customer":{"name":"***","tags":["***",{"y":"***"}],"country":"AT","since":"2020-01-01"},"id":1}""", masked);
    }

    [Fact]
    public void paths_go_through_arrays_whether_they_say_so_or_not()
    {
        const string Json = """{"addresses":[{"email":"a@b.c","kind":1},{"email":"d@e.f"}]}""";
        const string Masked = """{"addresses":[{"email":"***","kind":1},{"email":"***"}]}""";
        Assert.Equal(Masked, Mask(Json, ("addresses[].email", new RedactValue())));
        Assert.Equal(Masked, Mask(Json, ("addresses.email", new RedactValue())));
    }

    [Theory]
    [InlineData("ada@example.com", "a***@example.com")]
    [InlineData("a@example.com", "***@example.com")]
    [InlineData("@example.com", "***")]
    [InlineData("+43 664 123 45 67", "+** *** *** 45 67")]
    [InlineData("4111-1111-1111-1234", "****-****-****-1234")]
    [InlineData("12345", "1***")]
    [InlineData("Ada", "A***")]
    [InlineData("A", "***")]
    [InlineData("", "***")]
    [InlineData("\U0001F600da \"x\"", "\U0001F600***")]
    public void partial_keeps_what_the_kind_of_text_allows(string text, string masked) =>
        Assert.Equal(masked, JsonDocument.Parse(Mask(JsonSerializer.Serialize(new { v = text }), ("v", new PartialValue(PartialKind.Auto)))).RootElement.GetProperty("v").GetString());

    [Theory]
    [InlineData("123456789", 1, 2, "1***89")]
    [InlineData("123456", 2, 2, "***")]
    [InlineData("12345678", 2, 2, "12***78")]
    public void at_least_half_of_a_text_is_hidden(string text, int first, int last, string masked) =>
        Assert.Equal($$"""{"v":"{{masked}}"}""", Mask($$"""{"v":"{{text}}"}""", ("v", new PartialValue(PartialKind.Text, first, last))));

    [Theory]
    [InlineData("\"2026-05-17\"", DateUnit.Year, "\"2026-01-01\"")]
    [InlineData("\"2026-05-17\"", DateUnit.Quarter, "\"2026-04-01\"")]
    [InlineData("\"2026-05-17\"", DateUnit.Month, "\"2026-05-01\"")]
    [InlineData("\"2026-05-17T13:45:12.123+02:00\"", DateUnit.Month, "\"2026-05-01T00:00:00+02:00\"")]
    [InlineData("\"2026-05-17T13:45:12Z\"", DateUnit.Hour, "\"2026-05-17T13:00:00Z\"")]
    [InlineData("\"2026-05-17 13:45:12\"", DateUnit.Day, "\"2026-05-17 00:00:00\"")]
    [InlineData("1779025512000", DateUnit.Month, "1777593600000")]
    [InlineData("1779025512", DateUnit.Day, "1778976000")]
    [InlineData("1779025512.5", DateUnit.Hour, "1779022800")]
    [InlineData("\"yesterday\"", DateUnit.Year, "\"***\"")]
    [InlineData("99999999999999999999", DateUnit.Year, "null")]
    [InlineData("true", DateUnit.Year, "null")]
    public void a_date_is_generalised_in_its_own_shape(string value, DateUnit unit, string masked) =>
        Assert.Equal($$"""{"v":{{masked}}}""", Mask($$"""{"v":{{value}}}""", ("v", new GeneraliseDate(unit))));

    [Theory]
    [InlineData("37", "30")]
    [InlineData("-1", "-10")]
    [InlineData("12.5e1", "120")]
    [InlineData("\"37\"", "\"30\"")]
    [InlineData("\"many\"", "\"***\"")]
    [InlineData("1e300", "null")]
    public void a_number_is_generalised_to_the_lower_end_of_its_bucket(string value, string masked) =>
        Assert.Equal($$"""{"v":{{masked}}}""", Mask($$"""{"v":{{value}}}""", ("v", new GeneraliseNumber(10))));

    [Theory]
    [InlineData("\"1010 Wien\"", "\"10\"")]
    [InlineData("1010", "\"10\"")]
    public void a_postcode_is_generalised_to_its_beginning(string value, string masked) =>
        Assert.Equal($$"""{"v":{{masked}}}""", Mask($$"""{"v":{{value}}}""", ("v", new GeneraliseText(2))));

    [Theory]
    [InlineData("""{"a":"Ada",}""")]
    [InlineData("""{"a":"Ada"} {"a":"Ada"}""")]
    [InlineData("""{"a":"Ada""")]
    [InlineData("")]
    public void what_is_not_json_is_never_passed_on(string json)
    {
        using var mask = new RecordMask(new StreamMask([new PathMask("a", new RedactValue())], MaskKeyVersions.Default), Key);
        var output = new ArrayBufferWriter<byte>();
        Assert.False(mask.TryWrite(Encoding.UTF8.GetBytes(json), output));
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void half_a_surrogate_pair_is_never_passed_on() =>
        Assert.Throws<InvalidOperationException>(() => Mask("""{"a":"\ud800 Ada Lovelace"}""", ("a", new PartialValue(PartialKind.Text, 1, 1))));

    private static string Mask(string json, params (string Path, MaskRule Rule)[] rules) => Mask(json, Key, rules);

    private static string Mask(string json, MaskKey key, params (string Path, MaskRule Rule)[] rules)
    {
        using var mask = new RecordMask(new StreamMask([.. rules.Select(rule => new PathMask(rule.Path, rule.Rule))], MaskKeyVersions.Default), key);
        var output = new ArrayBufferWriter<byte>();
        mask.TryWrite(Encoding.UTF8.GetBytes(json), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
