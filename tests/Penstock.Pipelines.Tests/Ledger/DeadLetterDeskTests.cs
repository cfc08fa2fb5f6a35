using System.Text;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Ledger;

public class DeadLetterDeskTests
{
    [Theory]
    [InlineData(false, SliceStatus.Failed)]
    [InlineData(true, SliceStatus.Open)]
    public async Task what_a_slice_has_committed_is_curated_though_its_message_is_thrown_away(bool isCancelled, SliceStatus status)
    {
        // A worker committed a blob and failed to send its transform, again and again: then nobody else comes to say so.
        var world = new PenstockWorld();
        await world.PlanAsync();
        Run run = await world.Get<RunLedger>().ListAsync("sample", "numbers").SingleAsync();
        PlanBatch batch = (await world.Get<DocumentStore>().FindAsync<PlanBatch>(RunNames.Batch(run, 0)))!.Value;
        const string Blob = "raw/sample/numbers/2026/01/01/000000000-x-00000000-w.1-1.jsonl.gz";
        string slice = RunNames.Slice("sample", "numbers", run.Id, 0);
        await world.Get<DocumentStore>().CreateAsync(slice, new SliceDocument { Slice = batch.Slices[0], Batch = 0, Outbox = [Blob], Blobs = [new LandedBlob(Blob, 4, 100)], Records = 4 });
        DeadLetter kept = await world.Get<DeadLetterOffice>().KeepAsync(
            QueueNames.Extract, Encoding.UTF8.GetBytes($$"""{"pipeline":"sample","stream":"numbers","run":"{{run.Id}}","batch":0,"slice":0}"""), "It failed 5 times.");

        if (isCancelled)
            await world.Get<RunBook>().EndAsync(run, RunStatus.Cancelled, null);

        DeadLetterDesk desk = world.Get<DeadLetterDesk>();
        await desk.DiscardAsync((await desk.FindAsync(kept.Queue, kept.Id))!);

        Assert.Contains(Blob, Encoding.UTF8.GetString(Assert.Single(await world.Stores.Queue.ReceiveAsync(QueueNames.Transform, 10, TimeSpan.FromMinutes(1))).Body.Span), StringComparison.Ordinal);
        SliceDocument ended = (await world.Get<DocumentStore>().FindAsync<SliceDocument>(slice))!.Value;
        Assert.Equal((status, 0), (ended.Status, ended.Outbox.Count));
    }
}
