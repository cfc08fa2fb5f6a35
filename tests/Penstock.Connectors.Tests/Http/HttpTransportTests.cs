using System.IO.Compression;
using System.Text;
using Penstock.Connectors.Http;
using static Penstock.Connectors.Tests.Http.LoopbackSource;

namespace Penstock.Connectors.Tests.Http;

public class HttpTransportTests
{
    private static readonly HostPolicy Loopback = new() { Private = ["127.0.0.1", "localhost"] };

    private static HttpCall Call(string url, string method = "GET", byte[]? body = null) => new(
        method, PythonUrl.Finish(url, "")!, [new("Authorization", "Bearer t"), new("X-Key", "k"), new("Content-Type", "text/x")], ["X-Key"], body);

    private static async Task<string> BodyAsync(TransportResult result)
    {
        using var answer = Assert.IsType<Answered>(result).Answer;
        return Encoding.UTF8.GetString((await answer.ReadAsync(default)).Written.Span);
    }

    [Fact]
    public async Task A_call_goes_out_and_its_answer_comes_back_verbatim()
    {
        await using var source = new LoopbackSource(context => WriteAsync(context, 200, "hi"u8.ToArray(), ("x-Lower", "a"), ("X-Many", "1")));
        using var transport = new HttpTransport(Loopback);
        var result = await transport.SendAsync(Call($"http://127.0.0.1:{source.Port}/a%2Fb/ü?x=%7e&y=[1]", "POST", "body"u8.ToArray()), default);
        Assert.Equal("a", ((Answered)result).Answer.Headers.Find("X-LOWER"));
        Assert.Equal("hi", await BodyAsync(result));
        Assert.Equal(("POST", "/a%2Fb/%C3%BC?x=~&y=%5B1%5D", "Bearer t", "k", "body"), Assert.Single(source.Requests));
    }

    [Fact]
    public async Task A_redirect_to_another_host_carries_no_secrets()
    {
        await using var source = new LoopbackSource(context => context.Request.RawUrl == "/from"
            ? WriteAsync(context, 302, [], ("Location", $"http://localhost:{context.Request.Url!.Port}/to"))
            : WriteAsync(context, 200, "there"u8.ToArray()));
        using var transport = new HttpTransport(Loopback);
        Assert.Equal("there", await BodyAsync(await transport.SendAsync(Call($"http://127.0.0.1:{source.Port}/from"), default)));
        Assert.Equal([("/from", "Bearer t", "k"), ("/to", null, null)], source.Requests.Select(request => (request.Target, request.Authorization, request.Key)));
    }

    [Theory]
    [InlineData(301, "GET", "")]
    [InlineData(303, "GET", "")]
    [InlineData(307, "POST", "body")]
    public async Task A_redirect_on_the_same_host_keeps_secrets_and_perhaps_the_body(int status, string method, string body)
    {
        await using var source = new LoopbackSource(context => context.Request.RawUrl == "/from"
            ? WriteAsync(context, status, [], ("Location", "/to?x=1"))
            : WriteAsync(context, 200, "there"u8.ToArray()));
        using var transport = new HttpTransport(Loopback);
        await BodyAsync(await transport.SendAsync(Call($"http://127.0.0.1:{source.Port}/from", "POST", "body"u8.ToArray()), default));
        Assert.Equal((method, "/to?x=1", "Bearer t", "k", body), source.Requests[1]);
    }

    [Theory]
    [InlineData("http://169.254.169.254/metadata")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task A_redirect_to_where_the_connector_may_not_call_is_refused(string target)
    {
        await using var source = new LoopbackSource(context => WriteAsync(context, 302, [], ("Location", target)));
        using var transport = new HttpTransport(Loopback);
        var result = await transport.SendAsync(Call($"http://127.0.0.1:{source.Port}/"), default);
        Assert.IsType<Refused>(result);
        Assert.Single(source.Requests);
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        await using var source = new LoopbackSource(context => WriteAsync(context, 302, [], ("Location", "/again")));
        using var transport = new HttpTransport(Loopback, new TransportOptions { MaxRedirects = 3 });
        Assert.Contains("more than 3 times", Assert.IsType<Unreached>(await transport.SendAsync(Call($"http://127.0.0.1:{source.Port}/"), default)).Message);
        Assert.Equal(4, source.Requests.Count);
    }

    [Fact]
    public async Task A_name_that_resolves_to_the_loopback_address_is_refused_at_connect_time()
    {
        await using var source = new LoopbackSource(context => WriteAsync(context, 200, []));
        using var transport = new HttpTransport(HostPolicy.AnyPublic);
        var refused = Assert.IsType<Refused>(await transport.SendAsync(Call($"http://localhost:{source.Port}/?key=secret"), default));
        Assert.Contains("localhost has the non-public address", refused.Message);
        Assert.DoesNotContain("secret", refused.Message);
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task A_packed_answer_is_unpacked_and_a_bomb_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[5_000_000]);
        }

        await using var source = new LoopbackSource(context => WriteAsync(context, 200, packed.ToArray(), ("Content-Encoding", "gzip")));
        using var generous = new HttpTransport(Loopback);
        Assert.Equal(5_000_000, (await BodyAsync(await generous.SendAsync(Call($"http://127.0.0.1:{source.Port}/"), default))).Length);
        using var strict = new HttpTransport(Loopback, new TransportOptions { MaxResponseBytes = 1_000_000 });
        using var answer = ((Answered)await strict.SendAsync(Call($"http://127.0.0.1:{source.Port}/"), default)).Answer;
        Assert.Contains("larger than the limit", (await Assert.ThrowsAsync<SourceFaultException>(async () => await answer.ReadAsync(default))).Message);
    }

    [Fact]
    public async Task A_source_that_stands_still_is_given_up()
    {
        var hold = new TaskCompletionSource();
        await using var source = new LoopbackSource(async context =>
        {
            if (context.Request.RawUrl == "/body")
            {
                context.Response.ContentLength64 = 10;
                await context.Response.OutputStream.WriteAsync("12345"u8.ToArray());
                await context.Response.OutputStream.FlushAsync();
            }

            await hold.Task;
            context.Response.Abort();
        });
        var options = new TransportOptions { HeadersTimeout = TimeSpan.FromMilliseconds(200), IdleTimeout = TimeSpan.FromMilliseconds(200) };
        using var transport = new HttpTransport(Loopback, options);
        Assert.Contains("no answer within", Assert.IsType<Unreached>(await transport.SendAsync(Call($"http://127.0.0.1:{source.Port}/headers"), default)).Message);
        using var answer = ((Answered)await transport.SendAsync(Call($"http://127.0.0.1:{source.Port}/body"), default)).Answer;
        Assert.Contains("stood still", (await Assert.ThrowsAsync<SourceFaultException>(async () => await answer.ReadAsync(default))).Message);
        hold.SetResult();
    }

    [Fact]
    public async Task Nobody_there_is_worth_another_try()
    {
        var port = 0;
        await using (var source = new LoopbackSource(context => WriteAsync(context, 200, [])))
        {
            port = source.Port;
        }

        using var transport = new HttpTransport(Loopback);
        Assert.IsType<Unreached>(await transport.SendAsync(Call($"http://127.0.0.1:{port}/"), default));
    }
}
