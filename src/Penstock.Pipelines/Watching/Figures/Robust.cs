namespace Penstock.Pipelines.Watching.Figures;

/// <summary>What is usual, by median and median absolute deviation: a few odd days don't move it.</summary>
/// <param name="Median">The usual figure.</param>
/// <param name="Tolerance">How far off it is nothing unusual.</param>
internal sealed record Robust(double Median, double Tolerance)
{
    // 1.4826 makes the deviation comparable with a standard deviation; five of them are unusual whatever the distribution.
    private const double Deviations = 5 * 1.4826;

    /// <summary>Of earlier figures.</summary>
    /// <param name="figures">The figures; at least one.</param>
    /// <param name="leastTolerance">The tolerance, given the median, that is kept however steady the figures were.</param>
    public static Robust Of(IReadOnlyList<double> figures, Func<double, double> leastTolerance)
    {
        double median = MedianOf(figures);
        double deviation = MedianOf([.. figures.Select(figure => Math.Abs(figure - median))]);
        return new Robust(median, Math.Max(Deviations * deviation, leastTolerance(median)));
    }

    public bool IsUnusual(double figure) => Math.Abs(figure - Median) > Tolerance;

    private static double MedianOf(IReadOnlyList<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
