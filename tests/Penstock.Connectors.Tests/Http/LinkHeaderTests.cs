using Penstock.Connectors.Http;

namespace Penstock.Connectors.Tests.Http;

public class LinkHeaderTests
{
    [Fact]
    public void Links_are_found_by_their_relation()
    {
        var links = LinkHeader.Parse("<https://a.example/x?page=2,3>; rel=\"next\", <https://a.example/x?page=9>; rel=last; title=\"a, b\"");
        Assert.Equal(["next", "last"], links.Select(link => link.Key));
        Assert.Equal("https://a.example/x?page=2,3", links[0].Fields["url"]);
        Assert.Equal("a, b", links[1].Fields["title"]);
    }

    [Fact]
    public void A_link_without_relation_is_found_by_its_address() =>
        Assert.Equal("https://a.example/x", Assert.Single(LinkHeader.Parse("<https://a.example/x>; type=\"text/html\"")).Key);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void No_header_has_no_links(string? header) => Assert.Empty(LinkHeader.Parse(header));
}
