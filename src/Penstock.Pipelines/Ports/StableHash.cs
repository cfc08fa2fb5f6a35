using System.Text;

namespace Penstock.Pipelines.Ports;

/// <summary>FNV-1a (32 bit) of a text's UTF-8: the same on every machine and in every run.</summary>
internal static class StableHash
{
    /// <summary>A number from zero to below <paramref name="count"/>.</summary>
    public static int Of(string text, int count) => (int)(Of(text) % (uint)count);

    /// <summary>A number from zero to below <paramref name="count"/>.</summary>
    public static int Of(ReadOnlySpan<byte> utf8, int count) => (int)(Of(utf8) % (uint)count);

    /// <summary>Any number.</summary>
    public static uint Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    private static uint Of(ReadOnlySpan<byte> utf8)
    {
        uint hash = 2166136261;
        foreach (byte b in utf8)
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
