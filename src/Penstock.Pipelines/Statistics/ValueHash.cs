using System.Buffers.Binary;

namespace Penstock.Pipelines.Statistics;

/// <summary>A fast 64-bit hash of bytes, the same on every machine; not against attackers. In the manner of wyhash.</summary>
internal static class ValueHash
{
    private const ulong Secret0 = 0xa0761d6478bd642f;
    private const ulong Secret1 = 0xe7037ed1a0b428db;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong seed = Mix((ulong)bytes.Length ^ Secret0, Secret1);
        while (bytes.Length > 16)
        {
            seed = Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ Secret1, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ seed);
            bytes = bytes[16..];
        }

        (ulong a, ulong b) = bytes.Length switch
        {
            >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..])),
            >= 4 => ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes), (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..])),
            > 0 => (((ulong)bytes[0] << 16) | ((ulong)bytes[bytes.Length >> 1] << 8) | bytes[^1], 0ul),
            _ => (0ul, 0ul),
        };
        return Mix(Mix(a ^ Secret1, b ^ seed), Secret0);
    }

    /// <summary>Makes one hash of two, in this order.</summary>
    public static ulong Join(ulong first, ulong second) => Mix(first ^ Secret0, second ^ Secret1);

    private static ulong Mix(ulong a, ulong b) => Math.BigMul(a, b, out ulong low) ^ low;
}
