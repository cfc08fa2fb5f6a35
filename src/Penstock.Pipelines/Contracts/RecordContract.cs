using System.Buffers;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Contracts;

/// <summary>Checks records against a contract.</summary>
internal sealed class RecordContract(Contract contract) : IRecordCheck
{
    private readonly RecordPass _pass = new(new PassSetup(contract, DriftPolicy.Default));

    public Violation? Check(ReadOnlySequence<byte> json) => Check(json.ToArray());

    /// <summary>Gives the first rule that a record breaks, in the order of the record, or null.</summary>
    public Violation? Check(ReadOnlySpan<byte> json) => _pass.Check(json);
}
