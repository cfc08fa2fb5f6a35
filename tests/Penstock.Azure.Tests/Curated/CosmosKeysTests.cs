using System.Text;
using Penstock.Azure.Curated;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Tests.Curated;

public class CosmosKeysTests
{
    [Theory]
    [InlineData("us7000abcd", "us7000abcd")]
    [InlineData("a/b\\c?d#e f", "a~2fb~5cc~3fd~23e~20f")]
    [InlineData("é", "~c3~a9")]
    [InlineData("a~b", "a~7eb")]
    public void a_key_stays_readable_where_it_can(string key, string id) => Assert.Equal(id, CosmosKeys.Id(key));

    [Fact]
    public void every_key_has_an_id_of_its_own_that_Cosmos_takes()
    {
        var random = new Random(3);
        string[] keys =
        [
            .. Enumerable.Range(0, 500).Select(_ => random.GetString("aAé/\\?#~ 日", random.Next(1, 60))).Distinct(),
            .. Enumerable.Range(240, 30).Select(length => new string('x', length)),
            .. Enumerable.Range(970, 31).Select(length => new string('日', length)),
        ];
        string[] ids = [.. keys.Select(CosmosKeys.Id)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9._~-]{1,250}$", id));
    }

    [Fact]
    public void a_part_is_of_the_table_and_stays_the_same()
    {
        string table = CosmosKeys.Table(new CuratedTable("usgs", "earth/quakes"));
        Assert.Equal("usgs/earth~2fquakes", table);
        Assert.Equal("usgs/earth~2fquakes/12", CosmosKeys.Part(table, "1"));
        Assert.Equal(16, Enumerable.Range(0, 1000).Select(i => CosmosKeys.Part(table, $"{i}")).Distinct().Count());
    }

    [Fact]
    public void a_documents_own_fields_are_where_analysts_look_for_them()
    {
        var record = new CuratedRecord("1", "2026", """{"id": 1, "magnitude": 4.50, "place": {"lat": 1.0}, "_ts": "theirs", "ttl": 5}"""u8.ToArray());
        using MemoryStream written = CosmosDocument.Write(record, "usgs/earthquakes");
        Assert.Equal(
            """{"id":"1","_penstock":{"table":"usgs/earthquakes","part":"usgs/earthquakes/12","key":"1","version":"2026","fields":{"id":1,"_ts":"theirs","ttl":5}},"magnitude":4.50,"place":{"lat": 1.0}}""",
            Encoding.UTF8.GetString(written.ToArray()));
        CuratedRecord read = CosmosDocument.Read(written.ToArray());
        Assert.Equal(("1", "2026", """{"id":1,"_ts":"theirs","ttl":5,"magnitude":4.50,"place":{"lat": 1.0}}"""), (read.Key, read.Version, Encoding.UTF8.GetString(read.Json.Span)));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("1")]
    public void a_record_that_is_no_object_is_refused(string json) =>
        Assert.Throws<InvalidDataException>(() => CosmosDocument.Write(new CuratedRecord("1", "1", Encoding.UTF8.GetBytes(json)), "t"));

    [Fact]
    public void a_foreign_document_is_told() =>
        Assert.Contains("wasn't written by Penstock", Assert.Throws<InvalidDataException>(() => CosmosDocument.Read("""{"id":"1","_etag":"x"}"""u8)).Message, StringComparison.Ordinal);
}
