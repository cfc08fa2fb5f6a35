using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Penstock.Connectors.Records;

/// <summary>
/// Passes over single tokens of JSON (RFC 8259): texts, numbers, literals. Each moves a place behind the token; or gives false,
/// with the place where it isn't JSON.
/// </summary>
internal static class JsonTokens
{
    private const byte End = 0;

    /// <summary>The byte at a place; 0, which begins no token, behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte At(ReadOnlySpan<byte> json, int at) => (uint)at < (uint)json.Length ? json[at] : End;

    /// <summary>Passes over a text.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="at">The opening quote.</param>
    /// <param name="isEscaped">Whether the text has escapes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySkipText(ReadOnlySpan<byte> json, ref int at, out bool isEscaped)
    {
        at = Special(json, at + 1);
        isEscaped = At(json, at) != '"';
        if (isEscaped && !TrySkipEscapes(json, ref at))
        {
            return false;
        }

        at++;
        return true;
    }

    /// <summary>Passes over a number.</summary>
    public static bool TrySkipNumber(ReadOnlySpan<byte> json, ref int at)
    {
        at += At(json, at) == '-' ? 1 : 0;
        if (At(json, at) == '0')
        {
            at++;
        }
        else if (!TrySkipDigits(json, ref at))
        {
            return false;
        }

        if (At(json, at) == '.')
        {
            at++;
            if (!TrySkipDigits(json, ref at))
            {
                return false;
            }
        }

        if (At(json, at) is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        at++;
        at += At(json, at) is (byte)'+' or (byte)'-' ? 1 : 0;
        return TrySkipDigits(json, ref at);
    }

    /// <summary>Passes over <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public static bool TrySkipLiteral(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<byte> literal)
    {
        if (!json[at..].StartsWith(literal))
        {
            return false;
        }

        at += literal.Length;
        return true;
    }

    private static bool TrySkipDigits(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        while (char.IsAsciiDigit((char)At(json, at)))
        {
            at++;
        }

        return at > start;
    }

    // From the first backslash to the closing quote.
    private static bool TrySkipEscapes(ReadOnlySpan<byte> json, ref int at)
    {
        while (At(json, at) == '\\')
        {
            at++;
            if (!TrySkipEscape(json, ref at))
            {
                return false;
            }

            at = Special(json, at);
        }

        return At(json, at) == '"';
    }

    private static bool TrySkipEscape(ReadOnlySpan<byte> json, ref int at)
    {
        if (At(json, at) != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(At(json, at++));
        }

        at++;
        for (var end = at + 4; at < end; at++)
        {
            if (!char.IsAsciiHexDigit((char)At(json, at)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first quote, backslash or control character from a place on; the length if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Special(ReadOnlySpan<byte> json, int at)
    {
        ref var first = ref MemoryMarshal.GetReference(json);
        for (; at <= json.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref first, (nuint)at);
            var special = Vector256.Equals(bytes, Vector256.Create((byte)'"'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(bytes, Vector256.Create((byte)' '));
            if (special.ExtractMostSignificantBits() is var bits and not 0)
            {
                return at + BitOperations.TrailingZeroCount(bits);
            }
        }

        return SpecialAtTheEnd(json, at);
    }

    private static int SpecialAtTheEnd(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is >= (byte)' ' and not ((byte)'"' or (byte)'\\'))
        {
            at++;
        }

        return at;
    }
}
