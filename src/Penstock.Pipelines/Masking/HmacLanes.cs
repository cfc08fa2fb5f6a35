using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Penstock.Pipelines.Masking;

/// <summary>
/// HMAC-SHA-256 (RFC 2104, FIPS 180-4) of several short messages at once, a message a lane of a vector. The platform's own, called for
/// each value, spends most of its time on getting ready. Not thread-safe.
/// </summary>
/// <remarks>
/// No branch and no address depends on key or message. <c>HmacLanesTests</c> holds it against the platform's.
/// </remarks>
internal sealed class HmacLanes
{
    /// <summary>How many messages are hashed at once.</summary>
    public const int Lanes = 4;

    /// <summary>The most bytes of a message: with its padding it is one block.</summary>
    public const int MostBytes = 55;

    private const int BlockBytes = 64;
    private const int Words = 16;
    private const int StateWords = 8;

    private static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private static readonly uint[] Beginning = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private readonly Vector128<uint>[] _inner;
    private readonly Vector128<uint>[] _outer;
    private readonly uint[] _words = new uint[Words * Lanes];

    public HmacLanes(ReadOnlySpan<byte> key)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        if (key.Length > BlockBytes)
            SHA256.HashData(key, block);
        else
            key.CopyTo(block);
        (_inner, _outer) = (StateOf(block, 0x36), StateOf(block, 0x5c));
        CryptographicOperations.ZeroMemory(block);
    }

    /// <summary>How many messages were added since the last time they were hashed.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a message of at most <see cref="MostBytes"/>; at most <see cref="Lanes"/> of them.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        message.CopyTo(block);
        block[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt32BigEndian(block[60..], (uint)(BlockBytes + message.Length) * 8);
        for (int word = 0; word < Words; word++)
            _words[(word * Lanes) + Count] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * word)..]);
        Count++;
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear() => Count = 0;

    /// <summary>Hashes what was added.</summary>
    /// <param name="hashes">Takes the hashes of all lanes, 32 bytes each.</param>
    public void Finish(Span<byte> hashes)
    {
        Span<Vector128<uint>> block = stackalloc Vector128<uint>[Words];
        MemoryMarshal.Cast<uint, Vector128<uint>>(_words).CopyTo(block);
        Span<Vector128<uint>> state = stackalloc Vector128<uint>[StateWords];
        _inner.CopyTo(state);
        Compress(state, block);
        state.CopyTo(block);
        block[StateWords..].Clear();
        block[8] = Vector128.Create(0x80000000u);
        block[15] = Vector128.Create((BlockBytes + 32u) * 8);
        _outer.CopyTo(state);
        Compress(state, block);
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<Vector128<uint>, uint>(state);
        for (int lane = 0; lane < Count; lane++)
        {
            for (int word = 0; word < StateWords; word++)
                BinaryPrimitives.WriteUInt32BigEndian(hashes[((lane * 32) + (4 * word))..], words[(word * Lanes) + lane]);
        }

        Count = 0;
    }

    private static Vector128<uint>[] StateOf(ReadOnlySpan<byte> key, byte pad)
    {
        var state = new Vector128<uint>[StateWords];
        var block = new Vector128<uint>[Words];
        for (int word = 0; word < StateWords; word++)
            state[word] = Vector128.Create(Beginning[word]);
        for (int word = 0; word < Words; word++)
            block[word] = Vector128.Create(BinaryPrimitives.ReadUInt32BigEndian(key[(4 * word)..]) ^ (pad * 0x01010101u));
        Compress(state, block);
        return state;
    }

    // FIPS 180-4, section 6.2.2, four messages at once; the block is used up.
    private static void Compress(Span<Vector128<uint>> state, Span<Vector128<uint>> w)
    {
        Vector128<uint> a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (int i = 0; i < 64; i += 8)
        {
            for (int j = i; i >= Words && j < i + 8; j++)
            {
                Vector128<uint> x = w[(j - 15) & 15], y = w[(j - 2) & 15];
                w[j & 15] += (Rotate(x, 7) ^ Rotate(x, 18) ^ (x >>> 3)) + w[(j - 7) & 15] + (Rotate(y, 17) ^ Rotate(y, 19) ^ (y >>> 10));
            }

            Round(a, b, c, ref d, e, f, g, ref h, Constants[i], w[i & 15]);
            Round(h, a, b, ref c, d, e, f, ref g, Constants[i + 1], w[(i + 1) & 15]);
            Round(g, h, a, ref b, c, d, e, ref f, Constants[i + 2], w[(i + 2) & 15]);
            Round(f, g, h, ref a, b, c, d, ref e, Constants[i + 3], w[(i + 3) & 15]);
            Round(e, f, g, ref h, a, b, c, ref d, Constants[i + 4], w[(i + 4) & 15]);
            Round(d, e, f, ref g, h, a, b, ref c, Constants[i + 5], w[(i + 5) & 15]);
            Round(c, d, e, ref f, g, h, a, ref b, Constants[i + 6], w[(i + 6) & 15]);
            Round(b, c, d, ref e, f, g, h, ref a, Constants[i + 7], w[(i + 7) & 15]);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, ref Vector128<uint> d, Vector128<uint> e, Vector128<uint> f, Vector128<uint> g, ref Vector128<uint> h,
        uint constant, Vector128<uint> word)
    {
        Vector128<uint> sum = h + (Vector128.Create(constant) + word) + ((e & f) ^ Vector128.AndNot(g, e)) + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25));
        d += sum;
        h = sum + (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) | (c & (a | b)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> x, [System.Diagnostics.CodeAnalysis.ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, bits) : (x >>> bits) | (x << (32 - bits));
}
