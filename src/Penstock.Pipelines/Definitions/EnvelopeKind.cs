namespace Penstock.Pipelines.Definitions;

/// <summary>What a stream's records are wrapped in when they are landed.</summary>
public enum EnvelopeKind
{
    /// <summary>Nothing: the line is the record. What the transport says, a CloudEvent by its content type, is taken apart before landing.</summary>
    None,

    /// <summary>Looks at each record: a Debezium event and a structured CloudEvent are taken out of their envelopes, anything else is itself.</summary>
    Auto,

    /// <summary>A Debezium change event, with or without its schema.</summary>
    Debezium,

    /// <summary>A structured CloudEvent.</summary>
    CloudEvents,
}
