using System.Text;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Mutants;

/// <summary>Changes documents on their way: what a stage that forgets something would write, or would read.</summary>
/// <param name="part">A part of the names of the documents that are changed.</param>
/// <param name="onRead">Whether they are changed when they are read; else when they are written.</param>
public abstract class DocumentMutant(string part, bool onRead = false) : BlobMutant
{
    /// <summary>Changes a document.</summary>
    protected abstract void Change(JsonObject document, string name, World world);

    protected override ReadOnlyMemory<byte> Read(string name, ReadOnlyMemory<byte> content, World world) =>
        onRead ? Changed(name, content, world) : content;

    protected override ValueTask<PutOutcome> PutAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, World world) =>
        base.PutAsync(blobs, name, onRead ? content : Changed(name, content, world), world);

    protected override ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world) =>
        base.ReplaceAsync(blobs, name, onRead ? content : Changed(name, content, world), etag, world);

    private ReadOnlyMemory<byte> Changed(string name, ReadOnlyMemory<byte> content, World world)
    {
        if (!name.Contains(part, StringComparison.Ordinal))
            return content;
        JsonObject document = JsonNode.Parse(content.Span)!.AsObject();
        Change(document, name, world);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }
}
