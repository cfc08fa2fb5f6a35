using System.Text.Json;
using System.Text.Unicode;

namespace Penstock.Pipelines.Contracts;

/// <summary>Checks records against a contract while they are read: no tree is built, nothing is allocated for a good record.</summary>
/// <remarks>Safe for use by several threads.</remarks>
public sealed class RecordContract
{
    /// <summary>The most violations that are told of one record.</summary>
    public const int MaxViolations = 8;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Disallow };

    private readonly ObjectShape _record;

    /// <summary>Prepares the check.</summary>
    /// <param name="contract">The contract.</param>
    public RecordContract(Contract contract) => _record = new ObjectShape(contract.Properties);

    /// <summary>Checks one record.</summary>
    /// <param name="record">One JSON object, UTF-8.</param>
    /// <returns>The first <see cref="MaxViolations"/> violations in the order of the record; empty if it keeps the contract.</returns>
    public IReadOnlyList<ContractViolation> Check(ReadOnlySpan<byte> record)
    {
        // The reader doesn't validate the texts that it skips.
        if (!Utf8.IsValid(record))
            return [new("", "must be UTF-8")];
        var violations = default(Violations);
        var reader = new Utf8JsonReader(record, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return [new("", "must be one JSON object")];
            _record.Check(ref reader, ref violations);
            reader.Read();
        }
        catch (JsonException)
        {
            return [new("", "must be one JSON object")];
        }

        return violations.Found;
    }
}
