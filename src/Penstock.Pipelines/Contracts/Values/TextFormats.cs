using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Penstock.Pipelines.Contracts.Values;

/// <summary>The formats of texts that ODCS names, as JSON Schema means them.</summary>
internal static class TextFormats
{
    private static readonly SearchValues<byte> UriBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"u8);

    private static readonly SearchValues<byte> NotInAddress = SearchValues.Create(" \t@<>(),;:\\"u8);
    private static readonly SearchValues<byte> NotInScheme = SearchValues.Create("/?#[]@!$&'()*,;=%_~"u8);

    /// <summary>The names that are known; a password or a binary text may be anything.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>
    {
        "email", "uuid", "uri", "hostname", "ipv4", "ipv6", "byte", "binary", "password",
    };

    /// <summary>Whether a text is of a format; true for formats that aren't known.</summary>
    public static bool Keeps(string format, ReadOnlySpan<byte> text) => format switch
    {
        "email" => IsEmail(text),
        "uuid" => text.Length == 36 && Utf8Parser.TryParse(text, out Guid _, out int read, 'D') && read == 36,
        "uri" => IsUri(text),
        "hostname" => IsHost(text),
        "ipv4" => IsAddress(text, AddressFamily.InterNetwork),
        "ipv6" => IsAddress(text, AddressFamily.InterNetworkV6),
        "byte" => Base64.IsValid(text),
        _ => true,
    };

    // One @, something before it without spaces, and a host after it: what a mail server decides, no pattern can.
    private static bool IsEmail(ReadOnlySpan<byte> text)
    {
        int at = text.LastIndexOf((byte)'@');
        return at is > 0 and <= 64 && !text[..at].ContainsAny(NotInAddress) && IsHost(text[(at + 1)..]);
    }

    private static bool IsUri(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        return colon > 0 && char.IsAsciiLetter((char)text[0]) && !text[..colon].ContainsAny(NotInScheme) && !text.ContainsAnyExcept(UriBytes);
    }

    private static bool IsHost(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 253)
            return false;
        foreach (Range range in text.Split((byte)'.'))
        {
            ReadOnlySpan<byte> label = text[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (byte letter in label)
            {
                if (!char.IsAsciiLetterOrDigit((char)letter) && letter != '-')
                    return false;
            }
        }

        return true;
    }

    private static bool IsAddress(ReadOnlySpan<byte> text, AddressFamily family)
    {
        Span<char> characters = stackalloc char[45];
        if (text.Length > characters.Length || (family == AddressFamily.InterNetwork && text.Count((byte)'.') != 3))
            return false;
        for (int i = 0; i < text.Length; i++)
            characters[i] = (char)text[i];
        return IPAddress.TryParse(characters[..text.Length], out IPAddress? address) && address.AddressFamily == family;
    }
}
