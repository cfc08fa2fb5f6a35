using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Retention;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Definitions;

/// <summary>What a pipeline does with one kind of record.</summary>
public sealed record PipelineStream
{
    /// <summary>The stream's name: the connector's for a pulled one, free for a received one.</summary>
    public required string Name { get; init; }

    /// <summary>The line of the pipeline's file where it stands, for problems; 0 if that isn't known.</summary>
    public int Line { get; init; }

    /// <summary>The primary key: paths into the record, their parts joined by dots. Empty: the connector's primary key.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The path of the field that orders a record's versions; null: the connector's cursor, else the order of landing.</summary>
    public string? Version { get; init; }

    /// <summary>What its records must be; null if there is no contract.</summary>
    public Contract? Contract { get; init; }

    /// <summary>What is masked before anything curated or quarantined is written; null if nothing is.</summary>
    public StreamMask? Mask { get; init; }

    /// <summary>Whom its records are about, so that one subject can be erased; null if they are about nobody.</summary>
    public StreamSubject? Subject { get; init; }

    /// <summary>What is encrypted in raw; null if nothing is.</summary>
    public RawEncryption? RawEncryption { get; init; }

    /// <summary>How long its data is kept.</summary>
    public StreamRetention Retention { get; init; } = StreamRetention.None;

    /// <summary>What is done when its records change their shape.</summary>
    public DriftPolicy Drift { get; init; } = DriftPolicy.Default;

    /// <summary>What its records are wrapped in when they are landed.</summary>
    public EnvelopeKind Envelope { get; init; }

    /// <summary>The shape that its records are given.</summary>
    public RecordShape Shape { get; init; } = RecordShape.None;

    /// <summary>How its records are deleted; null: only by an envelope that says so.</summary>
    public StreamDeletes? Deletes { get; init; }

    /// <summary>Where its curated records go; default a table.</summary>
    public StreamOutputs Outputs { get; init; } = StreamOutputs.Default;

    /// <summary>Which versions of its records are curated; default the latest.</summary>
    public StreamHistory History { get; init; } = StreamHistory.Latest;

    /// <summary>How records are pushed to it; null for a stream that is pulled.</summary>
    public Reception? Reception { get; init; }

    /// <summary>How old its newest landed data may be before Watch raises an alert; null for no promise.</summary>
    public TimeSpan? Freshness { get; init; }
}

/// <summary>How records are pushed to a stream; at least one of the two.</summary>
/// <param name="EventHub">The Event Hub whose events are this stream's, or null.</param>
/// <param name="Webhook">The webhook's signature, or null if there is no webhook.</param>
public sealed record Reception(string? EventHub, WebhookSignature? Webhook);

/// <summary>How a webhook's sender proves itself: an HMAC over the body.</summary>
/// <param name="Secret">The name of the secret that holds the key.</param>
/// <param name="Header">The header that holds the signature; default <c>X-Hub-Signature-256</c>, GitHub's.</param>
/// <param name="Prefix">What stands before the hexadecimal digits; default <c>sha256=</c>.</param>
public sealed record WebhookSignature(string Secret, string Header = "X-Hub-Signature-256", string Prefix = "sha256=");
