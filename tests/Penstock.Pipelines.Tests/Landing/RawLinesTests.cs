using System.IO.Compression;
using System.Text;
using Penstock.Pipelines.Landing;

namespace Penstock.Pipelines.Tests.Landing;

public class RawLinesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\n\nb", 3)]
    public async Task lines_are_given_without_their_ends(string text, int count)
    {
        string[] lines = await ReadAsync(text);
        Assert.Equal(count, lines.Length);
        Assert.Equal(text.TrimEnd('\n'), string.Join('\n', lines));
    }

    [Fact]
    public async Task a_line_may_be_longer_than_the_buffer_and_lines_may_lie_across_its_end()
    {
        var random = new Random(7);
        string[] lines = [.. Enumerable.Range(0, 300).Select(n => new string((char)('a' + (n % 26)), n == 150 ? 3_000_000 : random.Next(0, 9_000)))];
        Assert.Equal(lines, await ReadAsync(string.Join('\n', lines) + "\n"));
    }

    [Fact]
    public async Task a_blob_that_is_cut_off_is_an_error()
    {
        byte[] whole = Compress(string.Concat(Enumerable.Range(0, 9_000).Select(n => $"line {n}\n")));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await ReadAsync(whole[..^100]));
    }

    private static Task<string[]> ReadAsync(string text) => ReadAsync(Compress(text));

    private static async Task<string[]> ReadAsync(byte[] blob)
    {
        var lines = new List<string>();
        await using var reader = new RawLines(new MemoryStream(blob));
        while (await reader.FillAsync(TestContext.Current.CancellationToken))
        {
            while (reader.TryRead(out ReadOnlyMemory<byte> line))
                lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return [.. lines];
    }

    private static byte[] Compress(string text)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }
}
