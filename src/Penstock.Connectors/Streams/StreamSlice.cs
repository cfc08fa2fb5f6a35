namespace Penstock.Connectors.Streams;

/// <summary>The smallest unit of extraction: one partition × one time window (DESIGN 3).</summary>
/// <remarks>A slice is data: it is written to a blob by Plan and read back by another process in Extract.</remarks>
/// <param name="Partition">
/// The partition as canonical JSON (keys sorted, no white space), for example <c>{"parent_slice":{},"project_id":7}</c>;
/// <c>{}</c> for a stream without a partition router. Two slices belong to the same partition if this text is equal.
/// </param>
/// <param name="Window">The time window, or null for a stream without a cursor.</param>
/// <param name="ExtraFields">The parent's extra fields as a JSON object, or null; not part of the partition's identity.</param>
public sealed record StreamSlice(string Partition, SliceWindow? Window, string? ExtraFields = null)
{
    /// <summary>The partition of a stream that isn't partitioned.</summary>
    public const string NoPartition = "{}";

    /// <summary>The one slice of a stream with neither partitions nor windows.</summary>
    public static StreamSlice Whole { get; } = new(NoPartition, null);
}

/// <summary>A window as the cursor writes it: both ends are texts in the cursor's own format.</summary>
/// <param name="Start">The first value, inclusive.</param>
/// <param name="End">The last value; inclusive or exclusive as the cursor's granularity says.</param>
/// <param name="Floor">
/// The least value that is new: records below it were synced by an earlier run, and streams that filter on the client leave
/// them out. Null if all of the window counts as new.
/// </param>
public sealed record SliceWindow(string Start, string End, string? Floor = null);
