using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Tests.Masking;

public class HmacLanesTests
{
    [Fact]
    public void whatever_key_and_messages_it_is_the_hmac_of_the_platform()
    {
        var chance = new Random(11);
        byte[] hashes = new byte[32 * HmacLanes.Lanes];
        for (int i = 0; i < 400; i++)
        {
            byte[] key = new byte[chance.Next(1, 200)];
            chance.NextBytes(key);
            var lanes = new HmacLanes(key);
            for (int round = 0; round < 3; round++)
            {
                byte[][] messages = [.. Enumerable.Range(0, chance.Next(1, HmacLanes.Lanes + 1)).Select(_ => new byte[chance.Next(0, HmacLanes.MostBytes + 1)])];
                foreach (byte[] message in messages)
                {
                    chance.NextBytes(message);
                    lanes.Add(message);
                }

                Assert.Equal(messages.Length, lanes.Count);
                lanes.Finish(hashes);
                for (int lane = 0; lane < messages.Length; lane++)
                    Assert.Equal(Convert.ToHexString(HMACSHA256.HashData(key, messages[lane])), Convert.ToHexString(hashes.AsSpan(32 * lane, 32)));
            }
        }
    }

    [Theory]
    // RFC 4231, test cases 1, 2 and 6 (its message is longer than a lane takes, so another one of its key).
    [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    [InlineData("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    public void the_vectors_of_the_rfc_come_out(string key, string message, string hash)
    {
        var lanes = new HmacLanes(Convert.FromHexString(key));
        lanes.Add(Convert.FromHexString(message));
        byte[] hashes = new byte[32 * HmacLanes.Lanes];
        lanes.Finish(hashes);
        Assert.Equal(hash, Convert.ToHexStringLower(hashes.AsSpan(0, 32)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    public void a_record_with_any_number_of_hashes_long_and_short_has_the_token_of_each(int fields)
    {
        var key = new MaskKey(1, Encoding.UTF8.GetBytes("a key that nobody can guess"));
        string[] texts = [.. Enumerable.Range(0, fields).Select(i => new string((char)('a' + i), i % 3 == 2 ? 200 : (i * 7) % 56))];
        using var mask = new RecordMask(new StreamMask([.. texts.Select((_, i) => new PathMask($"f{i}", new HashValue()))], MaskKeyVersions.Default), key);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.True(mask.TryWrite(Encoding.UTF8.GetBytes($$"""{ "n" : 1 , {{string.Join(" , ", texts.Select((text, i) => $"\"f{i}\" : \"{text}\""))}} }"""), output));
        using var token = new HashToken(key);
        Assert.Equal($$"""{ "n" : 1 , {{string.Join(" , ", texts.Select((text, i) => $"\"f{i}\" : \"{token.Of(text, new HashValue())}\""))}} }""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void a_record_that_cannot_be_masked_leaves_nothing_to_the_next_one()
    {
        var key = new MaskKey(1, Encoding.UTF8.GetBytes("a key that nobody can guess"));
        using var mask = new RecordMask(new StreamMask([new PathMask("a", new HashValue()), new PathMask("b", new HashValue())], MaskKeyVersions.Default), key);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.Throws<InvalidOperationException>(() => mask.TryWrite("""{"a":"x","b":"\ud800"}"""u8, output));
        Assert.Equal(0, output.WrittenCount);
        Assert.True(mask.TryWrite("""{"c":1,"b":"y"}"""u8, output));
        using var token = new HashToken(key);
        Assert.Equal($$"""{"c":1,"b":"{{token.Of("y", new HashValue())}}"}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
