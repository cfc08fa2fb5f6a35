using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Simulator;

namespace Penstock.Cli.Demo;

/// <summary>What the demo did, where it lies, and what to try next.</summary>
/// <param name="snapshot">The run.</param>
/// <param name="statistics">What the simulator did meanwhile.</param>
/// <param name="quota">Its quota.</param>
/// <param name="truth">The comparison of what is curated with what the service has.</param>
/// <param name="isUnchanged">Whether the pipeline is the sample as it came: one that filters or masks may have other records, and rightly so.</param>
internal sealed class DemoResult(RunSnapshot snapshot, SimulatorStatistics statistics, Quota quota, DemoTruth truth, bool isUnchanged)
{
    private readonly RunReport[] _rows = [.. snapshot.Runs.Select(run => RunReport.Of(run, snapshot.Elapsed) with
    {
        // This process's calls: a run that was taken up again has made others before.
        Calls = (int)statistics.Calls,
        Throttled = (int)statistics.Throttled,
        Allowed = QuotaAllowance.Of(quota, statistics.Log),
    })];

    public bool IsGood => snapshot.IsGood && (truth.Agrees(Quarantined) || !isUnchanged);

    private long Quarantined => _rows.Sum(row => row.Quarantined);

    public object ToJson(string data) => new { pipeline = DemoPipeline.Name, data, streams = _rows, truth, isGood = IsGood };

    public void Write(Surroundings surroundings, string data)
    {
        TextWriter output = surroundings.Out;
        string folder = surroundings.ShortPath(data);
        RunReport.WriteTable(surroundings, _rows);
        output.WriteLine(Verdict());
        output.WriteLine();
        output.WriteLine("Where it lies:");
        output.WriteLine($"  pipeline    pipelines/{DemoPipeline.Name}/   connector, contract, what is done with the records: change it, and run this again");
        output.WriteLine($"  raw         {folder}/raw/{DemoPipeline.Name}/{DemoPipeline.Stream}/   as the service gave it, gzip JSON Lines");
        output.WriteLine($"  curated     {folder}/curated/{DemoPipeline.Name}/{DemoPipeline.Stream}/   the events as analysts get them, JSON Lines");
        output.WriteLine($"  quarantine  {folder}/quarantine/   what breaks the contract, with the reason{(Quarantined == 0 ? ": nothing" : "")}");
        output.WriteLine($"  ledger      {folder}/ledger/, {folder}/state/   what happened, and where to go on");
        output.WriteLine();
        output.WriteLine("Try next:");
        output.WriteLine($"  head -n 1 {folder}/curated/{DemoPipeline.Name}/{DemoPipeline.Stream}/part-00.jsonl");
        output.WriteLine("  penstock demo               again: three days are read once more, nothing is doubled");
        output.WriteLine("  penstock validate           checks the pipelines in ./pipelines");
        output.WriteLine("  penstock up                 pipelines, HTTP API, Event Hubs and webhooks on this machine");
        if (surroundings.Invocation != "penstock")
            output.WriteLine($"where penstock is: {surroundings.Invocation}");
    }

    private string Verdict() => truth.Agrees(Quarantined)
        ? $"The service has {truth.Served:N0} events of that week; {truth.Curated:N0} are curated, each once. Nothing is lost, nothing is doubled."
        : isUnchanged
            ? $"The service has {truth.Served:N0} events of that week, but {truth.Missing:N0} of them are missing and {truth.Extra:N0} are too many. This is a bug."
            : $"The service has {truth.Served:N0} events of that week; {truth.Curated:N0} are curated, by the rules and under the keys of pipelines/{DemoPipeline.Name}, which isn't the sample as it came.";
}
