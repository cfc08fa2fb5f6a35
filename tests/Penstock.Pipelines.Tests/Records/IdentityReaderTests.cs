using System.Text;
using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Tests.Records;

public class IdentityReaderTests
{
    [Theory]
    [InlineData("""{"id":"a"}""", "a")]
    [InlineData("""{"x":{"id":"no"},"id":7}""", "7")]
    [InlineData("""{"id":true}""", "true")]
    [InlineData("""{"id":"ä\n"}""", "ä\n")]
    public void a_plain_value_is_the_key(string json, string key) => Assert.Equal(key, Key(json, "id"));

    [Fact]
    public void several_parts_make_one_key_that_differs_where_they_differ()
    {
        Assert.Equal("a|b", Key("""{"x":"a","y":{"z":"b"}}""", "x", "y.z"));
        Assert.NotEqual(Key("""{"x":"a|b","y":"c"}""", "x", "y"), Key("""{"x":"a","y":"b|c"}""", "x", "y"));
    }

    [Fact]
    public void a_path_is_not_taken_from_another_branch() => Assert.NotNull(Violation("""{"a":{"c":1},"b":{"c":2}}""", "x.c"));

    [Fact]
    public void without_a_key_the_records_own_hash_is_its_key()
    {
        Assert.Equal(Key("""{"a":1}"""), Key("""{"a":1}"""));
        Assert.NotEqual(Key("""{"a":1}"""), Key("""{"a":2}"""));
    }

    [Theory]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":{}}""")]
    [InlineData("""{"id":[1]}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"id":1} {}""")]
    [InlineData("""{"id":1""")]
    [InlineData("")]
    public void a_record_without_a_plain_key_has_no_identity(string json) => Assert.NotNull(Violation(json, "id"));

    [Fact]
    public void of_a_name_that_is_there_twice_the_last_one_counts()
    {
        Assert.Equal("2", Key("""{"id":1,"x":{"id":3},"id":2}""", "id"));
        Assert.NotNull(Violation("""{"x":{"id":1},"x":null}""", "x.id"));
    }

    [Fact]
    public void a_name_may_be_written_with_escapes_and_values_may_hold_anything() =>
        Assert.Equal("\"}", Key("""{ "a" : "\\\"{[" , "b":[{"id":1},"]"], "\u0069d" : "\"}" }""", "id"));

    [Fact]
    public void a_record_without_a_version_is_older_than_any_with_one()
    {
        var reader = new IdentityReader(new RecordIdentity([["id"]], ["updated"]));
        Assert.Null(reader.Read("""{"id":1}"""u8, false, "z"));
        string without = reader.Version;
        Assert.Null(reader.Read("""{"id":1,"updated":-5}"""u8, false, "a"));
        Assert.True(string.CompareOrdinal(without, reader.Version) < 0);
    }

    [Theory]
    [InlineData("\"2026-02-03T04:05:06.789Z\"", "2026-02-03T04:05:06.7890000+00:00")]
    [InlineData("\"2026-02-03T04:05:06.1234567Z\"", "2026-02-03T04:05:06.1234567+00:00")]
    [InlineData("\"2026-02-03 04:05:06+02:00\"", "2026-02-03T02:05:06.0000000+00:00")]
    [InlineData("\"2026-02-03\"", "2026-02-03T00:00:00.0000000+00:00")]
    [InlineData("1770091506", "2026-02-03T04:05:06.0000000+00:00")]
    [InlineData("1770091506789", "2026-02-03T04:05:06.7890000+00:00")]
    [InlineData("1770091506789012", "2026-02-03T04:05:06.7890120+00:00")]
    [InlineData("1770091506789012345", "2026-02-03T04:05:06.7890123+00:00")]
    [InlineData("\"soon\"", null)]
    [InlineData("\"2026-02-30T04:05:06Z\"", null)]
    [InlineData("null", null)]
    public void since_when_it_is_valid_is_read_in_any_usual_form(string json, string? expected)
    {
        var reader = new IdentityReader(new RecordIdentity([["id"]], null, ["since"]));
        Assert.Null(reader.Read(Encoding.UTF8.GetBytes($$"""{"id":1,"since":{{json}}}"""), false, "a"));
        Assert.Equal(expected, reader.ValidFrom?.ToString("O"));
    }

    private static string Key(string json, params string[] key)
    {
        IdentityReader reader = Reader(key);
        Assert.Null(reader.Read(Encoding.UTF8.GetBytes(json), false, "a"));
        return reader.Key;
    }

    private static Penstock.Pipelines.Contracts.Violation? Violation(string json, params string[] key) => Reader(key).Read(Encoding.UTF8.GetBytes(json), false, "a");

    private static IdentityReader Reader(string[] key) => new(new RecordIdentity([.. key.Select(path => (IReadOnlyList<string>)path.Split('.'))], null));
}
