namespace Penstock.Pipelines.Transforming.Steps;

/// <summary>What is known of a record beside its bytes. One object serves all records of a blob, one after the other.</summary>
public sealed class RecordContext
{
    /// <summary>The record's line in the raw blob, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>
    /// Whether some step before has read the bytes to their end and found one JSON object, valid UTF-8 throughout. A step that
    /// has done so, or has written the record itself, says it, so that nobody checks again.
    /// </summary>
    public bool IsValid { get; set; }

    /// <summary>Whether some step before has seen that the record has none of its own members (those of objects in it aside) twice.</summary>
    public bool AreNamesOnce { get; set; }

    /// <summary>
    /// Whether the record says that what has its key is gone. It needs nothing but its key then: contracts don't apply to it.
    /// </summary>
    public bool IsDeletion { get; set; }

    /// <summary>The version that the envelope gives, sortable by ordinal comparison; null: the record's version field says it.</summary>
    public string? Version { get; set; }

    /// <summary>Since when the record is valid, as the envelope says; null: its version, or a field that the pipeline names, says it.</summary>
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>Whether the record is left out because its subject was erased.</summary>
    public bool IsErased { get; set; }

    /// <summary>
    /// What stands for the whole record, if it has no key: set by a step that makes different records alike. Null: its own hash does.
    /// </summary>
    public string? Digest { get; set; }

    internal void Begin(long line) =>
        (Line, IsValid, AreNamesOnce, IsDeletion, Version, ValidFrom, IsErased, Digest) = (line, false, false, false, null, null, false, null);
}
