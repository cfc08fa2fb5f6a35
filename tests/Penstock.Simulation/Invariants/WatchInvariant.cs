using System.Text;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Invariants;

/// <summary>Watch mends what is lost, and has nothing to mend if nothing was lost; it alerts for what people must know, and for no longer than that.</summary>
public sealed class WatchInvariant(World world, InvariantSet set) : Invariant(world, "6 nothing ends silently")
{
    private bool _wasReceivingDisturbed;

    /// <summary>Watch has found something.</summary>
    public void Found(Worker worker, string finding)
    {
        World.Trace.Write($"{worker} watch: {finding}");
        Check(!finding.Contains(" failed: ", StringComparison.Ordinal) || finding.Contains("503", StringComparison.Ordinal), $"{finding}");
        _wasReceivingDisturbed |= World.Tally.Faults > 0;
        if (finding.StartsWith("sent ", StringComparison.Ordinal) && finding.Contains(" extract messages", StringComparison.Ordinal))
            Check(World.Expectations.MayHaveLostMessages, $"{finding}, and none was lost");
        if (finding.StartsWith("sent ", StringComparison.Ordinal) && finding.Contains(" transform messages", StringComparison.Ordinal))
            Check(_wasReceivingDisturbed, $"{finding}, and none was lost");
        if (finding.StartsWith("ALERT deadletters", StringComparison.Ordinal))
            World.Expectations.MayHaveLostMessages = true;
    }

    public override void Sent(string queue, ReadOnlyMemory<byte> message) =>
        Check(Shift.Current is not { IsWatch: true } || queue != QueueNames.Extract || World.Tally.Faults > 0 || World.Expectations.MayHaveLostMessages, $"Watch has to send {Encoding.UTF8.GetString(message.Span)}, and nothing has gone wrong");

    /// <summary>Days later: uncommitted raw blobs of ended slices are gone, all others are there, and the alerts are those that must be.</summary>
    public async ValueTask CheckHouseAsync(bool isStale)
    {
        foreach (RawContent raw in set.Raw.Blobs.Values.Where(raw => raw.Stream == World.Scenario.PulledStream && !set.Slices.IsCommitted(raw.Name)))
        {
            string slice = raw.Name.Split('/')[^1][10..];
            string run = slice[..slice.LastIndexOf('-', slice.LastIndexOf('-', slice.LastIndexOf('-') - 1) - 1)];
            int ordinal = int.Parse(slice[(run.Length + 1)..(run.Length + 9)], System.Globalization.CultureInfo.InvariantCulture);
            SliceDocument? of = set.Slices.Slices.GetValueOrDefault(RunNames.Slice(World.Scenario.Pipeline.Name, raw.Stream, run, ordinal));
            Check(of?.Status is null or SliceStatus.Open, $"{raw.Name} is committed by nobody, and after two days it is still there");
        }

        var alerts = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (Alert alert in new RunLedger(set.Documents, World.Blobs).ListAlertsAsync())
        {
            if (alert.Kind is "deadletters" or "freshness")
                alerts.Add($"{alert.Kind} {alert.Subject}");
        }
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        if (set.Poisons > 0)
            expected.Add("deadletters transform");
        if (isStale)
            expected.Add($"freshness {World.Scenario.Pipeline.Name}/{World.Scenario.PulledStream}");
        Check(alerts.SetEquals(expected), $"the alerts are '{string.Join(", ", alerts)}', not '{string.Join(", ", expected)}'");
    }
}
