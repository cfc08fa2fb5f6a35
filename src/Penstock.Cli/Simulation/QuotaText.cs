using System.Globalization;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Simulator;

namespace Penstock.Cli.Simulation;

/// <summary>Reads quotas as people write them: <c>10/1s</c>, <c>fixed:100/1m</c>, <c>bucket:20+5</c>, <c>concurrent:3</c>.</summary>
internal static partial class QuotaText
{
    public const string Forms = "CALLS/WINDOW, fixed:CALLS/WINDOW, bucket:CAPACITY+PER_SECOND or concurrent:CALLS; a window is for example 500ms, 10s, 1m or 1h";

    /// <summary>The quota, or null if the text is none.</summary>
    public static Quota? Read(string text)
    {
        Match match = Pattern().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["calls"].ValueSpan, CultureInfo.InvariantCulture, out int calls) || calls == 0)
            return null;
        switch (match.Groups["kind"].Value)
        {
            case "concurrent" when match.Groups["more"].Length == 0:
                return new Quota.Concurrency(calls);
            case "bucket" when match.Groups["rate"].Success:
                double rate = double.Parse(match.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture);
                return rate > 0 ? new Quota.TokenBucket(calls, rate) : null;
            case "" or "moving" or "fixed" when match.Groups["length"].Success:
                TimeSpan window = int.Parse(match.Groups["length"].ValueSpan, CultureInfo.InvariantCulture) * Unit(match.Groups["unit"].Value);
                return window == TimeSpan.Zero ? null
                    : match.Groups["kind"].Value == "fixed" ? new Quota.FixedWindow(calls, window) : new Quota.MovingWindow(calls, window);
            default:
                return null;
        }
    }

    /// <summary>The quota in words.</summary>
    public static string Describe(Quota quota) => quota switch
    {
        Quota.MovingWindow moving => $"{moving.Calls} calls in any {moving.Window.TotalSeconds:0.###} s",
        Quota.FixedWindow window => $"{window.Calls} calls in each {window.Window.TotalSeconds:0.###} s",
        Quota.TokenBucket bucket => $"a bucket of {bucket.Capacity} calls that gains {bucket.PerSecond:0.###} a second",
        Quota.Concurrency concurrency => $"{concurrency.Calls} calls at once",
        _ => quota.Name,
    };

    private static TimeSpan Unit(string unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => TimeSpan.FromSeconds(1),
    };

    [GeneratedRegex(
        @"^((?<kind>moving|fixed|bucket|concurrent):)?(?<calls>\d{1,9})(?<more>/(?<length>\d{0,6})(?<unit>ms|s|m|h)|\+(?<rate>\d{1,6}(\.\d{1,3})?))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Pattern();
}
