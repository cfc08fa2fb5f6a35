using Penstock.Pipelines.Quality.Sets;

namespace Penstock.Pipelines.Tests.Quality.Sets;

public class SetHashesTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, SetHashes.KeyBytes).Select(n => (byte)n)];

    [Fact]
    public void duplicates_are_counted_whatever_the_blobs_order_and_however_the_hashes_are_divided()
    {
        var random = new Random(7);
        List<(ulong Values, ulong Owner)>[] blobs = [.. Enumerable.Range(0, 20).Select(_ =>
            Enumerable.Range(0, 100).Select(_ => ((ulong)random.Next(500), (ulong)random.Next(3))).ToList())];
        long expected = blobs.SelectMany(blob => blob).Distinct().GroupBy(pair => pair.Values).Sum(group => group.Count() - 1L);
        byte[][] kept = [.. blobs.Select(blob => SetHashes.Seal(blob, Key))];
        Assert.All([1ul, 2ul, 7ul], passes => Assert.Equal(expected, Count(kept, passes)));
        Assert.Equal(expected, Count([.. kept.Reverse()], 3));
    }

    [Fact]
    public void what_is_sealed_with_another_key_is_something_else_and_no_hash_is_to_be_seen()
    {
        (ulong, ulong)[] pair = [(0x1122334455667788, 0x99aabbccddeeff00)];
        byte[] one = SetHashes.Seal(pair, Key), other = SetHashes.Seal(pair, [.. Key.Reverse()]);
        Assert.Equal(one, SetHashes.Seal(pair, Key));
        Assert.NotEqual(one, other);
        Assert.Equal(-1, one.AsSpan().IndexOf(BitConverter.GetBytes(0x1122334455667788)));
    }

    [Fact]
    public void a_record_that_comes_twice_is_kept_once()
    {
        Assert.Equal(2, SetHashes.Count(SetHashes.Seal([(1, 1), (1, 1), (2, 1)], Key)));
        Assert.Empty(SetHashes.Seal([], Key));
    }

    private static long Count(byte[][] blobs, ulong passes)
    {
        long count = 0;
        for (ulong pass = 0; pass < passes; pass++)
        {
            var pairs = new List<(ulong Values, ulong Owner)>();
            foreach (byte[] blob in blobs)
                SetHashes.Read(blob, hash => hash % passes == pass, pairs);
            count += SetHashes.CountDuplicates(pairs);
        }

        return count;
    }
}
