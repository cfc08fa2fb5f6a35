using Penstock.Connectors.Http;

namespace Penstock.Connectors.Tests.Http;

public class PythonUrlTests
{
    // Expected values are those of Python 3.11's urllib.parse.urljoin(base, url).
    [Theory]
    [InlineData("https://a.example/v1/", "items", "https://a.example/v1/items")]
    [InlineData("https://a.example/v1/", "/v2/items?page=2", "https://a.example/v2/items?page=2")]
    [InlineData("https://a.example/v1/", "https://b.example/x?y=1#z", "https://b.example/x?y=1#z")]
    [InlineData("https://a.example/v1/", "//b.example/x", "https://b.example/x")]
    [InlineData("https://a.example/v1/", "?page=2", "https://a.example/v1/?page=2")]
    [InlineData("https://a.example/v1/", "../x/./y/..", "https://a.example/x/")]
    [InlineData("https://a.example/v1/", "a//b", "https://a.example/v1/a/b")]
    [InlineData("https://a.example/v1/", "/a//b", "https://a.example/a//b")]
    [InlineData("https://a.example", "x", "https://a.example/x")]
    [InlineData("https://a.example/v1/", "properties/12:runReport", "https://a.example/v1/properties/12:runReport")]
    [InlineData("https://a.example/v1/", "users:list", "users:list")]
    public void Join_gives_what_urljoin_gives(string urlBase, string url, string expected) =>
        Assert.Equal(expected, PythonUrl.Join(urlBase, url));

    [Theory]
    [InlineData("https://a.example/v1", "items", "https://a.example/v1/items")]
    [InlineData("https://a.example/v1/", "", "https://a.example/v1/")]
    [InlineData("https://a.example/v1/items", null, "https://a.example/v1/items")]
    public void A_base_and_a_path_are_joined_with_one_slash(string urlBase, string? path, string expected) =>
        Assert.Equal(expected, PythonUrl.JoinBase(urlBase, path));

    // Expected values are those of requests 2.32's prepared URL.
    [Theory]
    [InlineData("https://a.example/a b/ü", "", "https://a.example/a%20b/%C3%BC")]
    [InlineData("https://a.example/a%2fb", "", "https://a.example/a%2Fb")]
    [InlineData("https://a.example/50% off", "", "https://a.example/50%25%20off")]
    [InlineData("https://a.example", "x=1", "https://a.example/?x=1")]
    [InlineData("https://a.example/p?filter[a]=1&b=x y", "c=2", "https://a.example/p?filter%5Ba%5D=1&b=x%20y&c=2")]
    [InlineData("https://a.example/p?x=a%2Bb#frag", "y=%2F", "https://a.example/p?x=a%2Bb&y=%2F")]
    public void An_address_is_quoted_as_requests_quotes_it_and_sent_verbatim(string url, string parameters, string expected)
    {
        var uri = PythonUrl.Finish(url, parameters)!;
        Assert.Equal(new Uri(expected, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }).PathAndQuery, uri.PathAndQuery);
        Assert.Equal("a.example", uri.Host);
    }

    [Theory]
    [InlineData("ftp://a.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("items?page=2")]
    [InlineData("")]
    public void What_is_not_an_absolute_http_address_is_none(string url) => Assert.Null(PythonUrl.Finish(url, ""));

    [Fact]
    public void Parameters_are_encoded_as_urlencode_encodes_them() =>
        Assert.Equal(
            "a=1+2&filter%5Bx%5D=%C3%BC%2F%3D&t=a-b.c_d~e",
            QueryString.Encode([new("a", "1 2"), new("filter[x]", "ü/="), new("t", "a-b.c_d~e")]));

    [Fact]
    public void A_query_is_read_without_blank_values() =>
        Assert.Equal([new("a", "1 2"), new("b", "x=y")], QueryString.Decode("a=1+2&empty=&none&b=x%3Dy"));

    [Fact]
    public void Messages_show_an_address_without_user_query_and_fragment() =>
        Assert.Equal("https://a.example/v1/x", SafeUrl.Of(new Uri("https://user:pw@a.example/v1/x?api_key=secret#y")));
}
