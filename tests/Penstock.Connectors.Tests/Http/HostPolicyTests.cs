using System.Net;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Tests.Http;

public class HostPolicyTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.64.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:7f00:1::")]
    [InlineData("::127.0.0.1")]
    public void An_address_inside_a_network_is_not_public(string address) => Assert.False(AddressRules.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("64:ff9b::101:101")]
    public void An_address_of_the_internet_is_public(string address) => Assert.True(AddressRules.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1/x")]
    [InlineData("http://[::1]:8080/x")]
    [InlineData("http://2130706433/x")]
    [InlineData("ftp://a.example/x")]
    [InlineData("gopher://a.example/x")]
    public void By_default_only_http_to_public_addresses_is_allowed(string url) => Assert.NotNull(HostPolicy.AnyPublic.WhyRefused(new Uri(url)));

    [Fact]
    public void A_pipeline_may_allow_a_private_host()
    {
        var policy = new HostPolicy { Private = ["127.0.0.1", "*.corp.example"] };
        Assert.Null(policy.WhyRefused(new Uri("http://127.0.0.1:8765/x")));
        Assert.Null(policy.WhyRefused("crm.corp.example", IPAddress.Parse("10.0.0.7")));
        Assert.NotNull(policy.WhyRefused("evil.example", IPAddress.Parse("10.0.0.7")));
        Assert.NotNull(policy.WhyRefused(new Uri("http://127.0.0.2/x")));
    }

    [Theory]
    [InlineData("https://api.example.com/x", true)]
    [InlineData("https://eu.api.example.com/x", true)]
    [InlineData("https://EU.API.EXAMPLE.COM/x", true)]
    [InlineData("https://evilapi.example.com/x", false)]
    [InlineData("https://api.example.com.evil.example/x", false)]
    public void Only_allowed_hosts_are_called(string url, bool allowed)
    {
        var policy = new HostPolicy { Allowed = ["api.example.com", "*.api.example.com"] };
        Assert.Equal(allowed, policy.WhyRefused(new Uri(url)) is null);
    }
}
