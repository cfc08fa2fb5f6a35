using System.Buffers;

namespace Penstock.Pipelines.Contracts;

/// <summary>Chooses the check for a stream.</summary>
public static class RecordChecks
{
    /// <summary>The check of a contract; one that accepts every record if there is none.</summary>
    public static IRecordCheck For(Contract? contract) => contract is null ? Anything.Instance : new RecordContract(contract);

    private sealed class Anything : IRecordCheck
    {
        public static Anything Instance { get; } = new();

        public Violation? Check(ReadOnlySequence<byte> json) => null;
    }
}
