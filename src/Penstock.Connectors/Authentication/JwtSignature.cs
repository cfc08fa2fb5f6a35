using System.Security.Cryptography;
using System.Text;

namespace Penstock.Connectors.Authentication;

/// <summary>Signs as JSON Web Algorithms (RFC 7518) say.</summary>
internal static class JwtSignature
{
    public static bool IsSupported(string algorithm) => algorithm.Length == 5 && algorithm[..2] is "HS" or "RS" or "PS" or "ES" && HashOf(algorithm) is not null;

    /// <summary>Signs a text.</summary>
    /// <param name="algorithm">A supported algorithm.</param>
    /// <param name="key">The secret, or a private key in PEM.</param>
    /// <param name="passphrase">What the PEM is encrypted with; null or empty for a plain one.</param>
    /// <param name="text">The text.</param>
    public static byte[] Sign(string algorithm, string key, string? passphrase, byte[] text)
    {
        var hash = HashOf(algorithm) ?? throw new ArgumentException("not an algorithm", nameof(algorithm));
        return algorithm[..2] switch
        {
            "HS" => CryptographicOperations.HmacData(hash, Encoding.UTF8.GetBytes(key), text),
            "RS" => SignRsa(key, passphrase, text, hash, RSASignaturePadding.Pkcs1),
            "PS" => SignRsa(key, passphrase, text, hash, RSASignaturePadding.Pss),
            _ => SignEcdsa(key, passphrase, text, hash),
        };
    }

    private static byte[] SignRsa(string key, string? passphrase, byte[] text, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        using var rsa = RSA.Create();
        Import(rsa, key, passphrase);
        return rsa.SignData(text, hash, padding);
    }

    private static byte[] SignEcdsa(string key, string? passphrase, byte[] text, HashAlgorithmName hash)
    {
        using var ecdsa = ECDsa.Create();
        Import(ecdsa, key, passphrase);
        return ecdsa.SignData(text, hash);
    }

    private static void Import(AsymmetricAlgorithm algorithm, string pem, string? passphrase)
    {
        if (string.IsNullOrEmpty(passphrase))
        {
            algorithm.ImportFromPem(pem);
        }
        else
        {
            algorithm.ImportFromEncryptedPem(pem, passphrase);
        }
    }

    private static HashAlgorithmName? HashOf(string algorithm) => algorithm[2..] switch
    {
        "256" => HashAlgorithmName.SHA256,
        "384" => HashAlgorithmName.SHA384,
        "512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
