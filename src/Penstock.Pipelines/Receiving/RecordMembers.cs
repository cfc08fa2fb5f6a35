namespace Penstock.Pipelines.Receiving;

/// <summary>The members that a received record has beside its payload's (docs/decisions: what a received record is).</summary>
public static class RecordMembers
{
    /// <summary>An object: the CloudEvents attributes and what the transport said. Absent if there is nothing to say.</summary>
    public const string Event = "_event";

    /// <summary>The payload, if it is JSON but not an object.</summary>
    public const string Value = "_value";

    /// <summary>The payload as base64, if it isn't JSON. Transform quarantines such a record.</summary>
    public const string RawBase64 = "_raw_base64";

    /// <summary>In <see cref="Event"/>: the payload's own member of that name.</summary>
    public const string OwnEvent = "own_event";

    /// <summary>In <see cref="Event"/>: the place of the record in the array or the lines that came as one event, from 0.</summary>
    public const string ItemIndex = "item_index";
}
