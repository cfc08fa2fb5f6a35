namespace Penstock.Connectors.Records;

/// <summary>Where a record stands in its buffer.</summary>
/// <param name="Start">The record's first byte.</param>
/// <param name="Length">The record's length in bytes.</param>
internal readonly record struct RecordSpan(int Start, int Length)
{
    /// <summary>Whether it is a JSON object; anything else can't be landed as a record.</summary>
    public bool IsObject { get; init; }

    /// <summary>Whether a number in it may be an integer beyond 64 bits.</summary>
    public bool HasLongNumber { get; init; }

    /// <summary>Whether it has one of the noted fields twice.</summary>
    public bool RepeatsField { get; init; }
}

/// <summary>Where a field stands in the buffer of its object.</summary>
/// <param name="NameStart">The first byte of the field's name, its quote.</param>
/// <param name="ValueStart">The value's first byte.</param>
/// <param name="ValueLength">The value's length in bytes; 0 if the object hasn't the field.</param>
internal readonly record struct FieldSpan(int NameStart, int ValueStart, int ValueLength)
{
    public bool IsThere => ValueLength > 0;

    public int End => ValueStart + ValueLength;
}
