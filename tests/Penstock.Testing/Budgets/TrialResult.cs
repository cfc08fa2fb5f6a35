using Penstock.Simulator;

namespace Penstock.Testing.Budgets;

/// <summary>What became of a trial.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Calls">Every call, in order.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="Exchanges">Calls to the store.</param>
public sealed record TrialResult(BudgetTrial Trial, IReadOnlyList<TrialCall> Calls, DateTimeOffset Start, DateTimeOffset End, int Exchanges)
{
    private const int Span = 10;
    private const int Parts = 20;

    /// <summary>Calls that the source let through.</summary>
    public int Accepted => Calls.Count(call => call.IsAccepted);

    /// <summary>Calls that the source refused.</summary>
    public int Refused => Calls.Count(call => !call.IsAccepted);

    /// <summary>Calls per window that the source allows.</summary>
    public double Limit => Trial.Quota switch
    {
        Quota.FixedWindow quota => quota.Calls,
        Quota.MovingWindow quota => quota.Calls,
        Quota.TokenBucket quota => quota.Capacity,
        _ => double.NaN,
    };

    /// <summary>
    /// The least share of the quota that was used in any ten windows in a row, of those that begin after some windows: a span
    /// begins at every twentieth of a window.
    /// </summary>
    public double LeastUse(int after)
    {
        TimeSpan step = Trial.Window / Parts;
        int[] parts = new int[(Trial.Windows * Parts) + 1];
        foreach (TrialCall call in Calls.Where(call => call.IsAccepted && call.At < End))
            parts[(int)((call.At - Start) / step)]++;
        double least = double.MaxValue;
        for (int from = after * Parts; from + (Span * Parts) <= Trial.Windows * Parts; from++)
            least = Math.Min(least, parts.AsSpan(from, Span * Parts).ToArray().Sum() / (Limit * Span));
        return least;
    }

    /// <summary>The share of calls that were refused, of those made after some windows.</summary>
    public double RefusedShare(int after)
    {
        var later = Calls.Where(call => call.At >= Start + (Trial.Window * after)).ToList();
        return later.Count == 0 ? 0 : (double)later.Count(call => !call.IsAccepted) / later.Count;
    }

    /// <summary>The share of the quota that was used in each window from the beginning.</summary>
    public IReadOnlyList<double> UseByWindow() =>
    [
        .. Enumerable.Range(0, Trial.Windows).Select(window => Calls.Count(call =>
            call.IsAccepted && call.At >= Start + (Trial.Window * window) && call.At < Start + (Trial.Window * (window + 1))) / Limit),
    ];
}
