namespace Penstock.Connectors.Records;

/// <summary>Where a record stands in its buffer, and where the value of its cursor field does.</summary>
/// <param name="Start">The record's first byte.</param>
/// <param name="Length">The record's length in bytes.</param>
internal readonly record struct RecordSpan(int Start, int Length)
{
    /// <summary>The cursor value's first byte, counted in the buffer.</summary>
    public int CursorStart { get; init; }

    /// <summary>The cursor value's length in bytes, as JSON; 0 if the record has none or nobody asked.</summary>
    public int CursorLength { get; init; }

    /// <summary>Whether a number in it may be an integer beyond 64 bits.</summary>
    public bool HasLongNumber { get; init; }

    /// <summary>Whether it is a JSON object; anything else can't be landed as a record.</summary>
    public bool IsObject { get; init; }
}
