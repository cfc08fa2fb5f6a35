using System.IO.Compression;
using System.Text;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Tests.Http;

public class ContentCodingTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("deflate,gzip")]
    public void codings_are_undone_in_the_opposite_order(string codings)
    {
        var names = codings.Split(',');
        var body = names.Aggregate(Encoding.UTF8.GetBytes("hello"), Encode);
        using var decoded = new StreamReader(ContentCoding.Decode(new MemoryStream(body), names));
        Assert.Equal("hello", decoded.ReadToEnd());
    }

    private static byte[] Encode(byte[] body, string coding)
    {
        using var output = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(output, CompressionMode.Compress),
            "deflate" => new ZLibStream(output, CompressionMode.Compress),
            "br" => new BrotliStream(output, CompressionMode.Compress),
            _ => output,
        })
        {
            encoder.Write(body);
        }

        return output.ToArray();
    }
}
