using Penstock.Cli.CommandLine;
using Penstock.Pipelines.Contracts.Reading;

namespace Penstock.Cli.Commands.Contracts;

/// <summary>Reads the contract files that a command names.</summary>
internal static class ContractInput
{
    /// <summary>Reads a file; null if it isn't there, which is told.</summary>
    public static async Task<ContractReading?> ReadAsync(Surroundings surroundings, string path, CancellationToken cancellationToken)
    {
        string full = surroundings.FullPath(path);
        if (!File.Exists(full))
        {
            Failure.Report(surroundings, $"There is no file '{surroundings.ShortPath(full)}'.", "Give the path of a contract, for example pipelines/earthquakes/contracts/events.odcs.yaml");
            return null;
        }

        return ContractReader.Read(surroundings.ShortPath(full), await File.ReadAllTextAsync(full, cancellationToken));
    }
}
