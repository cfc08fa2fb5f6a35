using System.Text;
using System.Text.Json;
using Penstock.Connectors.Records;

namespace Penstock.Connectors.Tests.Records;

public class JsonScannerTests
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonScanner.MaxDepth };

    [Theory]
    [InlineData("""{"a":[1,-0.5e+10,true,false,null,"x\"\\\u00e9"],"b":{}}""")]
    [InlineData(" [ ] ")]
    [InlineData("\"\"")]
    [InlineData("-0")]
    [InlineData("\t\r\n 1E9 ")]
    [InlineData("\"a text that is longer than one vector, with an \\n escape and then some more of it\"")]
    public void What_is_JSON_is_passed_over(string json) => Assert.True(Accepts(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("[1 2]")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("tru")]
    [InlineData("nulls")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    [InlineData("\"a\\")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"a\u0001b\"")]
    [InlineData("1 // a comment")]
    [InlineData("{} {}")]
    [InlineData("[1]\u00a0")]
    [InlineData("[1\u0000]")]
    public void What_is_not_JSON_is_refused(string json) => Assert.False(Accepts(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Nesting_has_the_readers_limit(int depth, bool isAccepted)
    {
        var json = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));

        Assert.Equal(isAccepted, Accepts(json));
        Assert.Equal(isAccepted, IsRead(json));
    }

    [Fact]
    public void It_accepts_exactly_what_the_platforms_reader_does()
    {
        var random = new Random(20260115);
        string[] parts = ["{", "}", "[", "]", ",", ":", "\"a\"", "\"\\u00e9\"", "\"", "\\", "0", "12", "-", ".5", "e3", "true", "null", " ", "\n", "\u0002", "é", "x"];
        var valid = Encoding.UTF8.GetBytes("""{"id":1,"name":"a somewhat longer text \" with \\ escapes é","list":[1,2.5,{"x":null}],"flag":true}""");
        for (var round = 0; round < 200_000; round++)
        {
            var json = round % 2 == 0
                ? Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)])))
                : Mutated(valid, random);
            Assert.True(IsRead(json) == Accepts(json), Encoding.UTF8.GetString(json));
        }
    }

    [Theory]
    [InlineData("[1234567890123456789]", true)]
    [InlineData("[123456789012345678]", false)]
    [InlineData("[\"1234567890123456789\"]", false)]
    public void Long_numbers_are_noticed(string json, bool isSeen)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(json));
        scanner.SkipValue(0);

        Assert.Equal(isSeen, scanner.SawLongNumber);
    }

    private static byte[] Mutated(byte[] json, Random random)
    {
        byte[] mutated = [.. json];
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            // ASCII stays ASCII, so that the bytes stay UTF-8.
            ref var one = ref mutated[random.Next(mutated.Length)];
            one = one < 128 ? (byte)"{}[],:\"\\0123-.eE tfn\u0001a"[random.Next(22)] : one;
        }

        return mutated[..random.Next(mutated.Length / 2, mutated.Length + 1)] is var cut && random.Next(3) == 0 ? cut : mutated;
    }

    private static bool Accepts(byte[] json)
    {
        try
        {
            var scanner = new JsonScanner(json);
            scanner.SkipValue(0);
            return scanner.Peek() == 0 && scanner.Position == json.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsRead(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            while (reader.Read())
            {
                // To its end.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
