using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Penstock.Pipelines.Masking;

/// <summary>Makes tokens <c>hN.…</c> of values. Not thread-safe: it is reused from value to value.</summary>
internal sealed class HashToken : IDisposable
{
    private const int HashCharacters = 43;

    private readonly IncrementalHash _hmac;
    private readonly HmacLanes _lanes;
    private readonly int[] _places = new int[HmacLanes.Lanes];
    private readonly byte[] _hashes = new byte[HmacLanes.Lanes * HMACSHA256.HashSizeInBytes];
    private readonly byte[] _prefix;

    public HashToken(MaskKey key)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes.Span);
        _lanes = new HmacLanes(key.Bytes.Span);
        _prefix = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"h{key.Version}."));
    }

    /// <summary>How many bytes a token has.</summary>
    public int Length => _prefix.Length + HashCharacters;

    /// <summary>Has the token of a text made; it is there after <see cref="Finish"/>.</summary>
    /// <param name="text">The value's text in UTF-8.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="place">Its place among the edits.</param>
    /// <param name="edits">Takes it.</param>
    public void Add(ReadOnlySpan<byte> text, HashValue rule, int place, MaskEdits edits)
    {
        if (rule.IgnoreCase)
            text = Fold(text);
        if (text.Length > HmacLanes.MostBytes)
        {
            Write(Hash(text, _hashes), edits.TextAt(place, Length));
            return;
        }

        _places[_lanes.Count] = place;
        _lanes.Add(text);
        if (_lanes.Count == HmacLanes.Lanes)
            Finish(edits);
    }

    /// <summary>Forgets the tokens that are still to come.</summary>
    public void Clear() => _lanes.Clear();

    /// <summary>Makes the tokens that are still to come.</summary>
    public void Finish(MaskEdits edits)
    {
        int count = _lanes.Count;
        if (count == 0)
            return;
        _lanes.Finish(_hashes);
        for (int i = 0; i < count; i++)
            Write(_hashes.AsSpan(i * HMACSHA256.HashSizeInBytes, HMACSHA256.HashSizeInBytes), edits.TextAt(_places[i], Length));
    }

    /// <summary>The token of a text.</summary>
    public string Of(string text, HashValue rule)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] token = new byte[Length];
        Write(Hash(rule.IgnoreCase ? Fold(utf8) : utf8, stackalloc byte[HMACSHA256.HashSizeInBytes]), token);
        return Encoding.ASCII.GetString(token);
    }

    public void Dispose() => _hmac.Dispose();

    private ReadOnlySpan<byte> Hash(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        _hmac.AppendData(text);
        return hash[.._hmac.GetHashAndReset(hash)];
    }

    private void Write(ReadOnlySpan<byte> hash, Span<byte> token)
    {
        _prefix.CopyTo(token);
        Base64Url.EncodeToUtf8(hash, token[_prefix.Length..]);
    }

    private static byte[] Fold(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Trim().ToLowerInvariant());
}
