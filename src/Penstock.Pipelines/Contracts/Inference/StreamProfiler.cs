using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Contracts.Inference;

/// <summary>Looks at a stream's landed records as they are when they come to the contract: out of their envelope, in their shape.</summary>
/// <param name="transforms">What is done with the streams.</param>
/// <param name="blobs">Raw.</param>
public sealed class StreamProfiler(StreamTransforms transforms, IBlobStore blobs)
{
    /// <summary>Looks at the newest records and writes a contract of what they are like.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="jsonSchema">What the connector says of it; null if that isn't known.</param>
    /// <param name="most">How many records to look at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The document, and how many records of how many blobs it is made from.</returns>
    public async ValueTask<InferredContract> InferAsync(
        Pipeline pipeline, PipelineStream stream, ReadOnlyMemory<byte>? jsonSchema, long most, CancellationToken cancellationToken = default)
    {
        var profile = new ObjectProfile();
        int looked = 0;
        StreamTransform? transform = await transforms.FindAsync(pipeline, stream, cancellationToken);
        var names = new List<string>();
        await foreach (BlobEntry entry in blobs.ListAsync(RawNames.Folder(pipeline.Name, stream.Name), cancellationToken))
            names.Add(entry.Name);
        foreach (string name in Enumerable.Reverse(names))
        {
            if (profile.Count >= most || await blobs.OpenAsync(name, cancellationToken) is not { } raw)
                break;
            using RecordFlow? flow = await BeginAsync(transform, new BlobContext(pipeline, stream, name, RawNames.TakenAt(name) ?? default, Replay: null), cancellationToken);
            if (flow is null)
            {
                // What can't be decrypted now can't be looked at.
                await raw.DisposeAsync();
                continue;
            }

            looked++;
            await ReadAsync(raw, flow, profile, most, cancellationToken);
        }

        System.Text.Json.JsonElement? schema = jsonSchema is { } json ? System.Text.Json.JsonDocument.Parse(json).RootElement : null;
        string[] key = [.. (transform?.Identity.Key ?? []).Where(path => path.Count == 1).Select(path => path[0])];
        IReadOnlyList<InferredProperty> properties = SchemaInference.Infer(profile, schema, key);
        string source = profile.Count == 0 ? "what the connector says; nothing is landed yet"
            : $"{profile.Count} records of {looked} raw blobs{(schema is null ? "" : " and what the connector says")}";
        return new InferredContract(
            ContractText.Write(pipeline.Name, stream.Name, pipeline.Owner, $"Made from {source}.", properties), profile.Count, properties.Count);
    }

    private static async ValueTask<RecordFlow?> BeginAsync(StreamTransform? transform, BlobContext blob, CancellationToken cancellationToken) =>
        transform is null ? new RecordFlow([]) : (await transform.BeginAsync(blob, cancellationToken, last: StepPlace.Shape)).Flow;

    private static async ValueTask ReadAsync(Stream raw, RecordFlow flow, ObjectProfile profile, long most, CancellationToken cancellationToken)
    {
        await using var lines = new RawLines(raw);
        long number = 0;
        while (await lines.FillAsync(cancellationToken))
        {
            while (profile.Count < most && lines.TryRead(out ReadOnlyMemory<byte> line))
            {
                if (flow.Run(++number, line.Span, out ReadOnlySpan<byte> record) is StepVerdict.Passed or StepVerdict.Rewritten)
                    profile.Add(record);
            }

            if (profile.Count >= most)
                return;
        }
    }
}

/// <summary>A contract that was made from data.</summary>
/// <param name="Yaml">The document.</param>
/// <param name="Records">How many records it is made from.</param>
/// <param name="Properties">How many properties it has.</param>
public sealed record InferredContract(string Yaml, long Records, int Properties);
