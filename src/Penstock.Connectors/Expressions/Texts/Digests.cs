using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>The hash functions that Python's <c>hashlib</c> names.</summary>
internal static class Digests
{
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Manifests make keys of records with it, not secrets.")]
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "Manifests make keys of records with it, not secrets.")]
    public static Func<byte[], byte[]>? Find(string name) => name switch
    {
        "md5" => MD5.HashData,
        "sha1" => SHA1.HashData,
        "sha256" => SHA256.HashData,
        "sha384" => SHA384.HashData,
        "sha512" => SHA512.HashData,
        "sha3_256" when SHA3_256.IsSupported => SHA3_256.HashData,
        "sha3_384" when SHA3_384.IsSupported => SHA3_384.HashData,
        "sha3_512" when SHA3_512.IsSupported => SHA3_512.HashData,
        "blake2b" => Blake2b.HashData,
        _ => null,
    };

    /// <summary>Whether hashlib has something of that name that can't be used as a hash function without more arguments.</summary>
    public static bool NeedsArguments(string name) => name is "new" or "shake_128" or "shake_256" or "pbkdf2_hmac" or "scrypt"
        or "file_digest" or "algorithms_available" or "algorithms_guaranteed";
}
