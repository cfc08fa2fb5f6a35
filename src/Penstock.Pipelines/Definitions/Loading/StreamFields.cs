using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Reading;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>streams</c>.</summary>
internal static partial class StreamFields
{
    public static async ValueTask<IReadOnlyList<PipelineStream>> ReadAsync(Fields pipeline, Loading loading, CancellationToken cancellationToken)
    {
        IReadOnlyList<Fields> items = pipeline.Maps("streams");
        if (!pipeline.Has("streams"))
            pipeline.Missing("streams", "streams: [{ stream: events }]");
        else if (items.Count == 0 && pipeline.Find("streams") is YamlList { Items.Count: 0 })
            pipeline.Add("streams", "A pipeline has one stream or more.", "Add one, for example: - stream: events");

        MaskingFields masking = MaskingFields.Read(pipeline, loading);
        var streams = new List<PipelineStream>();
        foreach (Fields fields in items)
        {
            PipelineStream stream = await StreamAsync(fields, masking, loading, cancellationToken);
            if (stream.Name.Length > 0 && streams.Any(other => other.Name == stream.Name))
                fields.Add("stream", $"The stream '{stream.Name}' is there twice.", "Keep one of the two.");
            if (stream.Reception is null && !fields.Has("receive") && !pipeline.Has("connector"))
            {
                fields.Add("stream", $"Nothing feeds '{stream.Name}': the pipeline has no connector, the stream no 'receive'.",
                    "Add 'connector: connector.yaml' to the pipeline, or 'receive' to the stream.");
            }

            streams.Add(stream);
        }

        foreach ((PipelineStream stream, ExplodedList list) in streams.SelectMany(stream => stream.Shape.Lists.Select(list => (stream, list))))
        {
            if (streams.Any(other => other.Name == list.Table) || streams.SelectMany(other => other.Shape.Lists).Count(other => other.Table == list.Table) > 1)
                loading.Problems.Add(stream.Line, $"streams.{stream.Name}.shape", $"Two tables would be called '{list.Table}'.", "Give the exploded list another name with 'into'.");
        }

        if (pipeline.Has("schedule") && !pipeline.Has("connector"))
            pipeline.Add("schedule", "Nothing is pulled: the pipeline has no connector.", "Remove the schedule, or add a connector.");
        return streams;
    }

    private static async ValueTask<PipelineStream> StreamAsync(Fields fields, MaskingFields masking, Loading loading, CancellationToken cancellationToken)
    {
        string name = fields.RequiredText("stream", "stream: events") ?? "";
        IReadOnlyList<string> key = fields.Texts("key");
        Reception? reception = Receive(fields, loading);
        Contract? contract = null;
        if (fields.Text("contract") is { } file
            && await loading.Folder.ReadAsync(file, (message, fix) => fields.Add("contract", message, fix), cancellationToken) is { } text)
        {
            contract = ContractFile.Read(text, name, loading.ProblemsOf(file));
        }

        if (key.Count == 0 && contract is not null)
            key = contract.PrimaryKey;
        if (key.Count == 0 && !fields.Has("key") && fields.Has("receive") && (contract is not null || !fields.Has("contract")))
            fields.Missing("key", "key: [id]");
        StreamHistory history = HistoryFields.Read(fields);
        var stream = new PipelineStream
        {
            Name = name,
            Line = fields.LineOf("stream"),
            Key = key,
            Version = fields.Text("version"),
            Contract = contract,
            Subject = SubjectFields.Read(fields, loading),
            Retention = RetentionFields.Read(fields, contract),
            RawEncryption = SubjectFields.Encryption(fields, loading),
            Mask = MaskFields.Read(fields, contract, masking, loading),
            Drift = DriftFields.Read(fields),
            Envelope = EnvelopeFields.Read(fields),
            Shape = ShapeFields.Read(fields, name, loading),
            Outputs = OutputFields.Read(fields),
            History = history,
            Deletes = DeleteFields.Read(fields, history),
            Reception = reception,
            Freshness = fields.Duration("freshness", TimeSpan.FromMinutes(1)),
        };
        MaskFields.Check(stream.Mask, stream, fields, loading.Problems);
        fields.RejectOthers();
        return stream;
    }

    private static Reception? Receive(Fields stream, Loading loading)
    {
        if (stream.Map("receive") is not { } fields)
            return null;
        string? hub = fields.Text("event_hub");
        if (hub is not null && !EventHub().IsMatch(hub))
            fields.Add("event_hub", $"'{hub}' can't be an Event Hub's name.", "Write letters, digits, '.', '-' and '_', at most 256.");
        WebhookSignature? webhook = fields.Map("webhook") is { } signature ? Webhook(signature, loading) : null;
        if (!fields.Has("event_hub") && !fields.Has("webhook"))
            stream.Add("receive", "'receive' says neither 'event_hub' nor 'webhook'.", "Write, for example: receive: { event_hub: orders }");
        fields.RejectOthers();
        return hub is null && webhook is null ? null : new Reception(hub, webhook);
    }

    private static WebhookSignature? Webhook(Fields fields, Loading loading)
    {
        string? secret = fields.RequiredText("secret", "secret: orders-webhook");
        if (secret is not null && !ConfigFields.IsSecretName(secret))
            fields.Add("secret", "This isn't the name of a secret.", "Write the name alone: letters, digits and dashes, at most 127.");
        else if (secret is not null)
            loading.Secrets.Add(new(secret, loading.Problems.File, fields.LineOf("secret"), fields.PathOf("secret")));

        string header = fields.Text("header") ?? "X-Hub-Signature-256";
        if (!Token().IsMatch(header))
            fields.Add("header", $"'{header}' can't be a header's name.", "Write, for example, X-Hub-Signature-256.");
        string prefix = fields.Find("prefix") is YamlScalar { Text: "" } ? "" : fields.Text("prefix") ?? "sha256=";
        fields.RejectOthers();
        return secret is null ? null : new WebhookSignature(secret, header, prefix);
    }

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9._-]{0,254}[A-Za-z0-9])?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex EventHub();

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Token();
}
