using System.Buffers.Binary;
using System.Numerics;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>BLAKE2b with 64 bytes and no key (RFC 7693).</summary>
internal static class Blake2b
{
    private const int BlockLength = 128;

    private static readonly ulong[] Start =
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    private static readonly string[] Schedule =
    [
        "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
        "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0",
    ];

    public static byte[] HashData(byte[] data)
    {
        var state = (ulong[])Start.Clone();
        state[0] ^= 0x01010040;
        Span<byte> block = stackalloc byte[BlockLength];
        var done = 0;
        do
        {
            var length = Math.Min(BlockLength, data.Length - done);
            block.Clear();
            data.AsSpan(done, length).CopyTo(block);
            done += length;
            Compress(state, block, (ulong)done, isLast: done == data.Length);
        }
        while (done < data.Length);
        var hash = new byte[64];
        for (var i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(i * 8), state[i]);
        return hash;
    }

    private static void Compress(ulong[] state, ReadOnlySpan<byte> block, ulong count, bool isLast)
    {
        Span<ulong> message = stackalloc ulong[16];
        for (var i = 0; i < 16; i++)
            message[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * 8)..]);
        Span<ulong> v = [.. state, .. Start];
        v[12] ^= count;
        v[14] = isLast ? ~v[14] : v[14];
        for (var round = 0; round < 12; round++)
        {
            var order = Schedule[round % 10];
            for (var i = 0; i < 8; i++)
            {
                // The four columns, then the four diagonals.
                var shift = i < 4 ? 0 : 1;
                var column = i % 4;
                Mix(
                    v, column, 4 + ((column + shift) % 4), 8 + ((column + (2 * shift)) % 4), 12 + ((column + (3 * shift)) % 4),
                    message[Index(order[2 * i])], message[Index(order[(2 * i) + 1])]);
            }
        }

        for (var i = 0; i < 8; i++)
            state[i] ^= v[i] ^ v[i + 8];
    }

    private static void Mix(Span<ulong> v, int a, int b, int c, int d, ulong x, ulong y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
    }

    private static int Index(char hex) => hex <= '9' ? hex - '0' : hex - 'a' + 10;
}
