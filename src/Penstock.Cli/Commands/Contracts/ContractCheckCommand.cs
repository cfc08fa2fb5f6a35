using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Reading;

namespace Penstock.Cli.Commands.Contracts;

/// <summary><c>penstock contract check FILE…</c>: whether contracts are as the standard says, and what of them is enforced.</summary>
internal sealed class ContractCheckCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string[]> _files = new("FILE") { Description = "Contracts.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _json = CommonOptions.Json();

    public ContractCheckCommand(Surroundings surroundings)
        : base(
            "check",
            "Checks contracts against ODCS 3.1, each problem with its line and what to do, and says which of their rules aren't run here.",
            ("contract check pipelines/*/contracts/*.odcs.yaml", "every contract of the pipelines"),
            ("contract check events.odcs.yaml --json", "for machines"))
    {
        _surroundings = surroundings;
        Add(_files);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var readings = new List<(string File, ContractReading Reading)>();
        foreach (string file in parsed.GetRequiredValue(_files))
        {
            if (await ContractInput.ReadAsync(_surroundings, file, cancellationToken) is not { } reading)
                return ExitCode.BadInput;
            readings.Add((_surroundings.ShortPath(_surroundings.FullPath(file)), reading));
        }

        if (parsed.GetValue(_json))
        {
            Report.WriteJson(_surroundings, readings.Select(one => new
            {
                one.File, one.Reading.Id, one.Reading.Version, one.Reading.Problems,
                Objects = one.Reading.Objects.Select(contract => new { contract.Name, Properties = contract.Properties.Count, Rules = contract.Rules.Count, contract.Notes }),
            }));
        }
        else
        {
            Write(readings);
        }

        return readings.Any(one => one.Reading.Problems.Count > 0) ? ExitCode.BadInput : ExitCode.Ok;
    }

    private void Write(List<(string File, ContractReading Reading)> readings)
    {
        foreach ((string file, ContractReading reading) in readings)
        {
            foreach (var problem in reading.Problems)
                _surroundings.Out.WriteLine(problem);
            foreach (ContractNote note in reading.Objects.SelectMany(contract => contract.Notes))
                _surroundings.Out.WriteLine($"{file}:{note.Line}: note: {note.Path}: {note.Text}");
        }

        Report.WriteTable(
            _surroundings,
            ["contract", "object", "result", "properties", "rules run", "notes", "fresh within", "kept for"],
            readings.SelectMany(one => Rows(one.File, one.Reading)));
    }

    private static IEnumerable<object?[]> Rows(string file, ContractReading reading)
    {
        if (reading.Problems.Count > 0)
            return [[file, "", reading.Problems.Count == 1 ? "1 problem" : $"{reading.Problems.Count} problems", null, null, null, null, null]];
        // The standard allows a contract without a schema; of records it says nothing.
        if (reading.Objects.Count == 0)
            return [[file, "none", "ok", null, null, null, null, null]];
        return reading.Objects.Select(contract => new object?[]
        {
            file, contract.Name, "ok", contract.Properties.Count, contract.Rules.Count, contract.Notes.Count, contract.Freshness, contract.Retention,
        });
    }
}
