using System.Security.Cryptography;
using System.Text;

namespace Penstock.Pipelines.Subjects;

/// <summary>Makes ids of subjects' names. Not thread-safe: it is reused from name to name.</summary>
/// <remarks>
/// White space around a name doesn't count, and in a name with an @ upper and lower case are the same: who wants to be erased as
/// <c>ada@example.com</c> means <c>Ada@Example.com</c> too.
/// </remarks>
public sealed class SubjectHash : IDisposable
{
    private readonly IncrementalHash _hmac;

    /// <summary>Makes a hash under a key.</summary>
    public SubjectHash(SubjectKey key) => _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes.Span);

    /// <summary>The id of a name.</summary>
    /// <param name="kind">What kind of name it is.</param>
    /// <param name="name">The name in UTF-8.</param>
    public SubjectId Of(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> name)
    {
        _hmac.AppendData(kind);
        _hmac.AppendData("\n"u8);
        _hmac.AppendData(IsPlain(name) ? name : Fold(name));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hmac.GetHashAndReset(hash);
        return SubjectId.Of(hash);
    }

    /// <summary>The id of a name.</summary>
    public SubjectId Of(string kind, string name) => Of(Encoding.UTF8.GetBytes(kind), Encoding.UTF8.GetBytes(name));

    /// <inheritdoc/>
    public void Dispose() => _hmac.Dispose();

    private static bool IsPlain(ReadOnlySpan<byte> name) =>
        name.IsEmpty || (name[0] > (byte)' ' && name[^1] > (byte)' ' && !name.Contains((byte)'@') && !name.ContainsAnyExceptInRange((byte)' ', (byte)'~'));

    private static byte[] Fold(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name).Trim().Normalize();
        return Encoding.UTF8.GetBytes(text.Contains('@', StringComparison.Ordinal) ? text.ToLowerInvariant() : text);
    }
}
