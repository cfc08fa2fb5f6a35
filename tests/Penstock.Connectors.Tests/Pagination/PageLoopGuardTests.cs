using System.Text;
using Penstock.Connectors.Http;
using Penstock.Connectors.Pagination;

namespace Penstock.Connectors.Tests.Pagination;

public class PageLoopGuardTests
{
    private static byte[] Page(string token, char middle) =>
        Encoding.UTF8.GetBytes($$"""{"next":"{{token}}","data":[{"id":1,"text":"{{new string('a', 5_000)}}{{middle}}{{new string('a', 5_000)}}"}]}""");

    private static void Read(int pages, Func<int, char> middle)
    {
        var guard = new PageLoopGuard();
        for (var page = 0; page < pages; page++)
        {
            // 999980 … 999999, 1000000: the token grows on the way.
            var token = $"{999_980 + page}";
            guard.Check(Page(token, middle(page)), 1, token);
        }
    }

    [Fact]
    public void Long_pages_that_are_equal_but_for_their_token_have_no_end() =>
        Assert.Contains("same page 50 times", Assert.Throws<SourceFaultException>(() => Read(60, _ => 'x')).Message, StringComparison.Ordinal);

    [Fact]
    public void Long_pages_that_differ_only_in_their_middle_are_different_pages() => Read(200, page => page % 2 == 0 ? 'x' : 'y');
}
