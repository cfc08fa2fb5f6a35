using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Scenarios;

/// <summary>What happens at the source: records are made and changed, some late, some at one time, some bad.</summary>
public static class SourceLife
{
    private static readonly TimeSpan s_apart = TimeSpan.FromMinutes(9);

    /// <summary>A moment before the start, in seconds since 1970, of which the source has a record, and of later ones too.</summary>
    public static long Moment(DateTimeOffset start, Random chance) => (start - (s_apart * chance.Next(2, 6))).ToUnixTimeSeconds();

    /// <summary>Fills the source and lets it change for a while.</summary>
    public static void Begin(World world, Random? chance, StreamShape shape, TimeSpan duration)
    {
        foreach (string partition in shape.Partitions)
        {
            for (int i = chance?.Next(1, 6) ?? 3; i > 0; i--)
                world.Source.Write(partition, Id(shape, partition, i), s_apart * i, isBad: i == 1);
        }

        int changes = chance?.Next(2, 14) ?? 4;
        for (int i = 0; i < changes; i++)
        {
            string partition = shape.Partitions[chance?.Next(shape.Partitions.Count) ?? i % shape.Partitions.Count];
            string id = Id(shape, partition, chance?.Next(1, 9) ?? i + 2);
            TimeSpan at = chance is null ? duration * ((i + 0.5) / changes) : duration * chance.NextDouble();
            // Late by less than the lookback: more is beyond what a lookback can promise.
            double late = chance?.Next(3) == 0 ? shape.Lookback.TotalSeconds * 0.8 * chance.NextDouble() : 0;
            bool isBad = chance?.Next(6) == 0;
            int bunch = chance?.Next(4) == 0 ? 3 : 1;
            world.After(at, () =>
            {
                for (int n = 0; n < bunch; n++)
                    world.Source.Write(partition, n == 0 ? id : $"{id}x{n}", TimeSpan.FromSeconds(late), isBad);
            });
        }
    }

    private static string Id(StreamShape shape, string partition, int n) => shape.Partitions.Count == 1 ? $"r{n}" : $"p{shape.Partitions.ToList().IndexOf(partition)}r{n}";
}
