namespace Penstock.Simulator;

/// <summary>Chance that can be asked for any record in any order: the same seed and number always give the same bits.</summary>
internal static class Noise
{
    /// <summary>64 well mixed bits (the finaliser of SplitMix64).</summary>
    public static ulong Of(int seed, long number)
    {
        var bits = unchecked((ulong)number + 0x9E3779B97F4A7C15UL * (uint)(seed + 1));
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EBUL);
        return bits ^ (bits >> 31);
    }
}
