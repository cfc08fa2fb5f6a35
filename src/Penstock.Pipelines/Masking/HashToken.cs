using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Penstock.Pipelines.Masking;

/// <summary>Makes tokens <c>hN.…</c> of values. Not thread-safe: it is reused from value to value.</summary>
internal sealed class HashToken : IDisposable
{
    /// <summary>The most bytes of a token: <c>h</c>, ten digits, a dot, 43 characters.</summary>
    public const int MaxBytes = 64;

    private readonly IncrementalHash _hmac;
    private readonly byte[] _prefix;

    public HashToken(MaskKey key)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes.Span);
        _prefix = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"h{key.Version}."));
    }

    /// <summary>Writes the token of a text; gives its length.</summary>
    /// <param name="text">The value's text in UTF-8.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="token">Takes <see cref="MaxBytes"/>.</param>
    public int Write(ReadOnlySpan<byte> text, HashValue rule, Span<byte> token)
    {
        _hmac.AppendData(rule.IgnoreCase ? Fold(text) : text);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hmac.GetHashAndReset(hash);
        _prefix.CopyTo(token);
        return _prefix.Length + Base64Url.EncodeToUtf8(hash, token[_prefix.Length..]);
    }

    /// <summary>The token of a text.</summary>
    public string Of(string text, HashValue rule)
    {
        Span<byte> token = stackalloc byte[MaxBytes];
        return Encoding.ASCII.GetString(token[..Write(Encoding.UTF8.GetBytes(text), rule, token)]);
    }

    public void Dispose() => _hmac.Dispose();

    private static byte[] Fold(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Trim().ToLowerInvariant());
}
