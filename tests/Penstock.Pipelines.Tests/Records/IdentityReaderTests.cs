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
    public void a_plain_value_is_the_key(string json, string key) => Assert.Equal(key, Identified(json, "id").Key);

    [Fact]
    public void several_parts_make_one_key_that_differs_where_they_differ()
    {
        Assert.Equal("a|b", Identified("""{"x":"a","y":{"z":"b"}}""", "x", "y.z").Key);
        Assert.NotEqual(Identified("""{"x":"a|b","y":"c"}""", "x", "y").Key, Identified("""{"x":"a","y":"b|c"}""", "x", "y").Key);
    }

    [Fact]
    public void a_path_is_not_taken_from_another_branch() => Assert.IsType<NoIdentity>(Read("""{"a":{"c":1},"b":{"c":2}}""", "x.c"));

    [Fact]
    public void without_a_key_the_records_own_hash_is_its_key()
    {
        Assert.Equal(Identified("""{"a":1}""").Key, Identified("""{"a":1}""").Key);
        Assert.NotEqual(Identified("""{"a":1}""").Key, Identified("""{"a":2}""").Key);
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
    public void a_record_without_a_plain_key_has_no_identity(string json) => Assert.IsType<NoIdentity>(Read(json, "id"));

    [Fact]
    public void a_record_without_a_version_is_older_than_any_with_one()
    {
        var reader = new IdentityReader(new RecordIdentity([["id"]], ["updated"]));
        string without = Assert.IsType<Identified>(reader.Read(Bytes("""{"id":1}"""), "z")).Version;
        string with = Assert.IsType<Identified>(reader.Read(Bytes("""{"id":1,"updated":-5}"""), "a")).Version;
        Assert.True(string.CompareOrdinal(without, with) < 0);
    }

    private static Identified Identified(string json, params string[] key) => Assert.IsType<Identified>(Read(json, key));

    private static IdentityReading Read(string json, params string[] key) =>
        new IdentityReader(new RecordIdentity([.. key.Select(path => (IReadOnlyList<string>)path.Split('.'))], null)).Read(Bytes(json), "tie");

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
