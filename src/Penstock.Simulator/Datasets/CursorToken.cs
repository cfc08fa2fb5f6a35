using System.Buffers.Binary;
using System.Buffers.Text;

namespace Penstock.Simulator;

/// <summary>A place in a list, as callers must hand it back and cannot make it up.</summary>
internal static class CursorToken
{
    private const ulong Mark = 0x9E3779B97F4A7C15;

    public static string Of(long position, int seed)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, position);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Noise.Of(seed, position) ^ Mark);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string token, int seed, out long position)
    {
        position = 0;
        if (!Base64Url.IsValid(token, out var length) || length != 16) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        position = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)) == (Noise.Of(seed, position) ^ Mark);
    }
}
