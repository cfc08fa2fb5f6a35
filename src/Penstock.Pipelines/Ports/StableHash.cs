using System.Text;

namespace Penstock.Pipelines.Ports;

/// <summary>FNV-1a (32 bit) of a text's UTF-8: the same on every machine and in every run.</summary>
internal static class StableHash
{
    /// <summary>A number from zero to below <paramref name="count"/>.</summary>
    public static int Of(string text, int count) => (int)(Of(text) % (uint)count);

    /// <summary>Any number.</summary>
    public static uint Of(string text)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
