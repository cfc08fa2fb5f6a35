using System.Net;
using System.Text.RegularExpressions;

namespace Penstock.Http.Tests.Console;

public partial class ConsoleTests
{
    [Fact]
    public async Task it_opens_without_a_key_and_allows_no_foreign_script()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage page = await api.Client.GetAsync("/console");

        Assert.Equal("/console/index.html", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("default-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("unsafe", page.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task a_file_that_has_not_changed_is_not_sent_again()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage first = await api.Client.GetAsync("/console/console.css");
        var again = new HttpRequestMessage(HttpMethod.Get, "/console/console.css");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal(HttpStatusCode.NotModified, (await api.Client.SendAsync(again)).StatusCode);
    }

    [Theory]
    [InlineData("/console/nothing.js")]
    [InlineData("/console/views/nothing.js")]
    [InlineData("/console/views/..%2Findex.html")]
    public async Task what_is_not_a_file_of_it_is_not_found(string path)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task every_file_that_a_file_names_is_there_and_nothing_comes_from_elsewhere()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var seen = new HashSet<string>();
        var open = new Queue<Uri>([new Uri(api.Client.BaseAddress!, "/console/index.html")]);
        while (open.TryDequeue(out Uri? address))
        {
            if (!seen.Add(address.AbsolutePath))
                continue;
            HttpResponseMessage answer = await api.Client.GetAsync(address);
            Assert.True(answer.IsSuccessStatusCode, $"{address.AbsolutePath} is missing");
            if (address.AbsolutePath.Contains("/vendor/"))
                continue;
            string text = await answer.Content.ReadAsStringAsync();
            foreach (Match name in Names().Matches(text))
            {
                var named = new Uri(address, name.Groups["file"].Value);
                Assert.Equal(address.Authority, named.Authority);
                open.Enqueue(named);
            }
        }

        Assert.True(seen.Count > 12, $"only {seen.Count} files are named");
    }

    // What HTML refers to by src and href, and JavaScript by from.
    [GeneratedRegex("""(?:src=|href=| from )["'](?<file>[^"'#$]+\.(?:js|css|svg))["']""", RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex Names();
}
