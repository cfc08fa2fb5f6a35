using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Invariants;

/// <summary>Memory depends on the size of a page: no document, message or raw blob grows with the stream.</summary>
public sealed class SizeInvariant(World world) : Invariant(world, "5 memory is flat")
{
    private const int MostDocumentBytes = 32 * 1024;
    private const int MostMessageBytes = 2 * 1024;

    public override async ValueTask WrittenAsync(string name)
    {
        Blob blob = (await World.Blobs.GetAsync(name))!;
        if (!name.StartsWith("raw/", StringComparison.Ordinal))
        {
            Check(blob.Content.Length <= MostDocumentBytes, $"{name} has {blob.Content.Length} bytes");
            return;
        }

        // A blob is put once it has enough: at most one page more.
        RawContent raw = World.Invariants.Raw.Blobs[name];
        long bytes = raw.Lines.Sum(line => (long)line.Text.Length + 1);
        long most = World.Scenario.Extract.BlobBytes + (World.Scenario.Shape.PageSize * 200);
        Check(raw.Stream != World.Scenario.PulledStream || bytes <= most, $"{name} has {bytes} bytes of records; {most} are enough");
    }

    public override void Sent(string queue, ReadOnlyMemory<byte> message) =>
        Check(message.Length <= MostMessageBytes, $"a message to {queue} has {message.Length} bytes");
}
