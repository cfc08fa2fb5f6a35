using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Compatibility;
using Penstock.Pipelines.Contracts.Reading;

namespace Penstock.Cli.Commands.Contracts;

/// <summary><c>penstock contract diff OLD NEW</c>: what changed, and who can live with it.</summary>
internal sealed class ContractDiffCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string> _old = new("OLD") { Description = "The contract as it was." };
    private readonly Argument<string> _new = new("NEW") { Description = "The contract as it is to be." };
    private readonly Option<Compatibility> _require = new("--require")
    {
        Description = "What it must be, or the command fails: full, backward (old records keep the new contract: nothing old goes to quarantine), forward (new records keep the old contract: readers go on), or none.",
        DefaultValueFactory = _ => Compatibility.Backward,
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public ContractDiffCommand(Surroundings surroundings)
        : base(
            "diff",
            "Says whether a change of a contract is backward, forward or fully compatible: each change, and why. For CI: exit code 1 if it isn't what --require says.",
            ("contract diff old.odcs.yaml new.odcs.yaml", "must be backward compatible"),
            ("contract diff old.odcs.yaml new.odcs.yaml --require full", "old data and old readers both go on"),
            ("contract diff <(git show main:c.odcs.yaml) c.odcs.yaml", "in a pull request"))
    {
        _surroundings = surroundings;
        Add(_old);
        Add(_new);
        Add(_require);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await ContractInput.ReadAsync(_surroundings, parsed.GetRequiredValue(_old), cancellationToken) is not { } old
            || await ContractInput.ReadAsync(_surroundings, parsed.GetRequiredValue(_new), cancellationToken) is not { } changed)
            return ExitCode.BadInput;
        if (old.Problems.Concat(changed.Problems).ToList() is { Count: > 0 } problems)
        {
            problems.ForEach(_surroundings.Error.WriteLine);
            return Failure.Report(_surroundings, "Contracts that aren't as the standard says can't be compared.", "Mend what is told above: penstock contract check FILE", ExitCode.BadInput);
        }

        ContractDiff diff = Compare(old, changed);
        Compatibility required = parsed.GetValue(_require);
        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, new { diff.Compatibility, Required = required, IsKept = diff.Keeps(required), Old = old.Version, New = changed.Version, diff.Changes });
        else
            Write(diff, old, changed, required);
        return diff.Keeps(required) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static ContractDiff Compare(ContractReading old, ContractReading changed)
    {
        var changes = new List<ContractChange>();
        bool isNamed = old.Objects.Count > 1 || changed.Objects.Count > 1;
        foreach (Contract before in old.Objects)
        {
            Contract? after = changed.Objects.FirstOrDefault(one => one.Name == before.Name) ?? (isNamed ? null : changed.Objects is [var only] ? only : null);
            if (after is null)
                changes.Add(new ContractChange(before.Name, "the object was removed", BreaksBackward: false, BreaksForward: true, "Readers rely on it."));
            else
                changes.AddRange(ContractComparison.Of(before, after).Changes.Select(change => isNamed ? change with { Path = $"{before.Name}: {change.Path}" } : change));
        }

        foreach (Contract added in changed.Objects.Where(one => isNamed && old.Objects.All(before => before.Name != one.Name)))
            changes.Add(new ContractChange(added.Name, "the object was added", BreaksBackward: false, BreaksForward: false, "Nobody has read it before."));
        return new ContractDiff(changes);
    }

    private void Write(ContractDiff diff, ContractReading old, ContractReading changed, Compatibility required)
    {
        if (diff.Changes.Count > 0)
        {
            Report.WriteTable(
                _surroundings, ["where", "change", "old records", "old readers", "why"],
                diff.Changes.Select(change => new object?[] { change.Path, change.Change, Word(change.BreaksBackward), Word(change.BreaksForward), change.Why }));
        }

        string result = diff.Compatibility switch
        {
            Compatibility.Full => "fully compatible: old records keep the new contract, and new records the old one",
            Compatibility.Backward => "backward compatible: old records keep the new contract; readers of the old one may be surprised",
            Compatibility.Forward => "forward compatible: readers of the old contract go on; old records may go to quarantine when they are replayed",
            _ => "not compatible: old records may go to quarantine when they are replayed, and readers of the old contract may be surprised",
        };
        _surroundings.Out.WriteLine($"{old.Version} -> {changed.Version}: {result}.");
        if (!diff.Keeps(required))
            _surroundings.Out.WriteLine($"It must be {Word(required)}. Raise the major version and tell the readers, or take the change back; --require none accepts it.");
        else if (diff.Changes.Count > 0 && old.Version == changed.Version)
            _surroundings.Out.WriteLine("Both have the same version: raise it, so that records tell by which one they were checked.");
    }

    private static string Word(bool breaks) => breaks ? "may break" : "ok";

    private static string Word(Compatibility compatibility) => compatibility.ToString().ToLowerInvariant();
}
