using System.CommandLine;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Commands.Contracts;

/// <summary><c>penstock contract</c>: what can be done with contracts.</summary>
internal sealed class ContractCommand : Command
{
    public ContractCommand(Surroundings surroundings)
        : base("contract", "Writes, checks and compares contracts: documents of the Open Data Contract Standard 3.1 (ODCS).")
    {
        Add(new ContractInitCommand(surroundings));
        Add(new ContractCheckCommand(surroundings));
        Add(new ContractDiffCommand(surroundings));
    }
}
