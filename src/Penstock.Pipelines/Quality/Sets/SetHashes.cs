using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Penstock.Pipelines.Quality.Sets;

/// <summary>
/// Hashes of values, each with that of the key of the record that has it. They are sealed with a key of the run, which is thrown away
/// with them: they tell whether two are the same, and nothing of what they were.
/// </summary>
internal static class SetHashes
{
    /// <summary>The length of a run's key, in bytes.</summary>
    public const int KeyBytes = 16;

    private const int HashBytes = sizeof(ulong);
    private const int PairBytes = 2 * HashBytes;

    /// <summary>How many pairs there are.</summary>
    public static int Count(byte[] pairs) => pairs.Length / PairBytes;

    /// <summary>Seals pairs; what is there twice is taken once.</summary>
    public static byte[] Seal(IReadOnlyCollection<(ulong Values, ulong Owner)> pairs, ReadOnlySpan<byte> key)
    {
        (ulong Values, ulong Owner)[] distinct = [.. pairs.Distinct()];
        // A block of the cipher for each hash; half of what comes out is enough to tell them apart.
        byte[] blocks = new byte[distinct.Length * 2 * PairBytes];
        for (int i = 0; i < distinct.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(blocks.AsSpan(i * 2 * PairBytes), distinct[i].Values);
            BinaryPrimitives.WriteUInt64LittleEndian(blocks.AsSpan((i * 2 * PairBytes) + PairBytes), distinct[i].Owner);
        }

        using var aes = Aes.Create();
        aes.Key = key.ToArray();
        byte[] sealedBlocks = blocks.Length == 0 ? blocks : aes.EncryptEcb(blocks, PaddingMode.None);
        byte[] result = new byte[distinct.Length * PairBytes];
        for (int i = 0; i < 2 * distinct.Length; i++)
            sealedBlocks.AsSpan(i * PairBytes, HashBytes).CopyTo(result.AsSpan(i * HashBytes));
        return result;
    }

    /// <summary>Gives the pairs that are meant.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="isMeant">Whether those with a hash of values are.</param>
    /// <param name="into">Takes them.</param>
    public static void Read(byte[] pairs, Func<ulong, bool> isMeant, List<(ulong Values, ulong Owner)> into)
    {
        for (int at = 0; at < pairs.Length; at += PairBytes)
        {
            ulong values = BinaryPrimitives.ReadUInt64LittleEndian(pairs.AsSpan(at));
            if (isMeant(values))
                into.Add((values, BinaryPrimitives.ReadUInt64LittleEndian(pairs.AsSpan(at + HashBytes))));
        }
    }

    /// <summary>Counts the records that have the values of another one; the versions of one record, told by its key, are one.</summary>
    /// <param name="pairs">The pairs; they are in order afterwards.</param>
    public static long CountDuplicates(List<(ulong Values, ulong Owner)> pairs)
    {
        pairs.Sort();
        long count = 0;
        for (int i = 1; i < pairs.Count; i++)
            count += pairs[i].Values == pairs[i - 1].Values && pairs[i].Owner != pairs[i - 1].Owner ? 1 : 0;
        return count;
    }
}
