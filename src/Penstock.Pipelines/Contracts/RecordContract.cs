using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Penstock.Pipelines.Contracts;

/// <summary>Checks records against a contract while they are read: no tree is built, nothing is allocated for a good record.</summary>
/// <remarks>Safe for use by several threads.</remarks>
internal sealed class RecordContract(Contract contract) : IRecordCheck
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private readonly ObjectShape _record = new(contract.Properties);

    public Violation? Check(ReadOnlySequence<byte> json)
    {
        if (json.IsSingleSegment)
            return Check(json.FirstSpan);
        byte[] copy = ArrayPool<byte>.Shared.Rent((int)json.Length);
        json.CopyTo(copy);
        Violation? violation = Check(copy.AsSpan(0, (int)json.Length));
        ArrayPool<byte>.Shared.Return(copy);
        return violation;
    }

    /// <summary>Gives the first rule that a record breaks, in the order of the record, or null.</summary>
    public Violation? Check(ReadOnlySpan<byte> json)
    {
        // The reader doesn't validate the texts that it skips.
        if (!Utf8.IsValid(json))
            return new Violation("json", "", "The record isn't valid UTF-8.");
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new Violation("json", "", "The record isn't a JSON object.");
            if (_record.Check(ref reader) is { } violation)
                return violation;
            reader.Read();
            return null;
        }
        catch (JsonException e)
        {
            return new Violation("json", "", $"The record isn't valid JSON at byte {e.BytePositionInLine}.");
        }
    }
}
