using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Tests.Records;

public class SortableVersionTests
{
    [Theory]
    [InlineData("1", "2")]
    [InlineData("9", "10")]
    [InlineData("-10", "-9")]
    [InlineData("-1", "0")]
    [InlineData("0", "0.5")]
    [InlineData("1.5", "2")]
    [InlineData("1517966773840", "1517966773841")]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("1e3", "1001")]
    public void numbers_sort_as_numbers(string less, string greater) =>
        Assert.True(string.CompareOrdinal(Of(less), Of(greater)) < 0);

    [Theory]
    [InlineData("2018-01-31T23:59:59Z", "2018-02-01T00:00:00Z")]
    [InlineData("2018-02-01T00:30:00+02:00", "2018-01-31T23:00:00Z")]
    [InlineData("2018-02-01", "2018-02-01T00:00:00.001Z")]
    [InlineData("2018-02-01 00:00:00", "2018-02-01T00:00:01")]
    public void instants_sort_as_instants_whatever_their_offset(string less, string greater) =>
        Assert.True(string.CompareOrdinal(Of(Quoted(less)), Of(Quoted(greater))) < 0);

    [Fact]
    public void other_texts_sort_by_ordinal_comparison() =>
        Assert.True(string.CompareOrdinal(Of(Quoted("v1")), Of(Quoted("v2"))) < 0);

    private static string Of(string json) => SortableVersion.Of(System.Text.Encoding.UTF8.GetBytes(json));

    private static string Quoted(string text) => $"\"{text}\"";
}
