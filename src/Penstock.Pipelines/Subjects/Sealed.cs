using System.Security.Cryptography;

namespace Penstock.Pipelines.Subjects;

/// <summary>AES-256-GCM with a random nonce: <c>nonce (12) | ciphertext | tag (16)</c>.</summary>
internal static class Sealed
{
    /// <summary>How many bytes longer it is than what it hides.</summary>
    public const int Overhead = NonceBytes + TagBytes;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> context)
    {
        byte[] result = new byte[text.Length + Overhead];
        Span<byte> nonce = result.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, text, result.AsSpan(NonceBytes, text.Length), result.AsSpan(NonceBytes + text.Length), context);
        return result;
    }

    /// <summary>Opens what <see cref="Seal"/> made; null if it was another key, another context, or somebody changed it.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedText, ReadOnlySpan<byte> context)
    {
        if (sealedText.Length < Overhead)
            return null;
        byte[] text = new byte[sealedText.Length - Overhead];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(sealedText[..NonceBytes], sealedText.Slice(NonceBytes, text.Length), sealedText[^TagBytes..], text, context);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
