using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Watching;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Erasing;

/// <summary>Two received streams whose records are about people: customers, in the clear, and orders, hashed.</summary>
internal sealed class ErasureWorld
{
    public const string Ada = "ada@example.com";
    public static readonly CuratedTable[] Tables = [new("sample", "customers"), new("sample", "orders")];

    private int _second;

    public ErasureWorld(Func<string, bool>? crash = null, RawEncryption? encryption = null, ReturningSubject returning = ReturningSubject.Block)
    {
        World = new PenstockWorld(crash: crash);
        World.Stores.Secrets.Set("mask-key", "a key that nobody can guess");
        World.Stores.Secrets.Set("subject-key", "another one of the same length");
        World.Stores.Secrets.Set("raw-key", "a third one, and long enough too");
        var subject = new StreamSubject([new SubjectPath("email", "email"), new SubjectPath("email", "customer.email"), new SubjectPath("customer", "customer.id")], returning);
        var contract = new Contract("orders", "1.0.0", [new ContractProperty { Name = "n", Type = LogicalType.Integer }]);
        World.Pipelines.Pipeline = World.Pipelines.Pipeline with
        {
            Schedule = null,
            Streams =
            [
                new PipelineStream { Name = "customers", Key = ["email"], Version = "updated", Reception = new Reception("customers", null), Subject = subject, RawEncryption = encryption, Outputs = new(Lake: LakePartition.Day) },
                new PipelineStream
                {
                    Name = "orders", Key = ["id"], Version = "updated", Reception = new Reception("orders", null), Subject = subject, Contract = contract, RawEncryption = encryption, Outputs = new(Lake: LakePartition.Month),
                    Mask = new StreamMask([new PathMask("customer.email", new HashValue()), new PathMask("note", new RedactValue())], MaskKeyVersions.Default),
                },
            ],
        };
    }

    public PenstockWorld World { get; }

    /// <summary>Records of Ada among those of others, in two streams, some of them in quarantine, and a dead letter.</summary>
    public async Task FillAsync()
    {
        await ReceiveAsync("customers", $$"""{"email":"{{Ada}}","updated":"2026-01-01T00:00:00Z","name":"Ada"}""", """{"email":"bob@example.com","updated":"2026-01-01T00:00:00Z","name":"Bob"}""");
        await ReceiveAsync(
            "orders",
            """{"id":1,"updated":"2026-01-01T00:00:00Z","customer":{"email":"bob@example.com"},"n":1}""",
            $$"""{"id":2,"updated":"2026-01-01T00:00:00Z","customer":{"email":"{{Ada}}","id":17},"n":2,"note":"for Ada"}""",
            $$"""{"id":3,"updated":"2026-01-01T00:00:00Z","customer":{"email":"{{Ada}}"},"n":"three"}""",
            """{"id":4,"updated":"2026-01-01T00:00:00Z","customer":{"email":"bob@example.com"},"n":"four"}""");
        await ReceiveAsync("orders", $$"""{"id":5,"updated":"2026-01-01T00:00:00Z","customer":{"email":"ADA@example.com"},"n":5}""", """{"id":6,"updated":"2026-01-01T00:00:00Z","customer":{"email":"eve@example.com"},"n":6}""");
        await World.Get<DeadLetterOffice>().KeepAsync("transform", Encoding.UTF8.GetBytes($$"""{"to":["{{Ada}}"]}"""), "Not ours.");
    }

    public async Task<string> ReceiveAsync(string stream, params string[] records)
    {
        var batch = new ReceivedBatch(
            "sample", stream, "webhook", new DateTimeOffset(2026, 1, 1, 0, 0, _second++, TimeSpan.Zero),
            [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        return Assert.IsType<BatchLanded>(await World.Get<ReceiveStage>().RunAsync(batch)).Blob!;
    }

    public async Task<Erasure> BeginAsync(string name = Ada, string? key = null) =>
        Assert.IsType<ErasureBegun>(await World.Get<ErasureDesk>().BeginAsync([new SubjectName("email", name)], key)).Erasure;

    /// <summary>Erases, and works until it is completed.</summary>
    public async Task<Erasure> EraseAsync(string name = Ada, string? key = null)
    {
        Erasure erasure = await BeginAsync(name, key);
        await WorkAsync();
        return (await World.Get<ErasureBook>().FindAsync(erasure.Id))!;
    }

    /// <summary>Works until no message is left, with a look of Watch in between.</summary>
    public async Task WorkAsync()
    {
        for (int i = 0; i < 40; i++)
        {
            await World.WorkAsync();
            bool isQuiet = true;
            foreach (string queue in QueueNames.All)
                isQuiet &= await World.Stores.Queue.CountAsync(queue) == 0;
            if (isQuiet && await World.Stores.Blobs.ListAsync(Erasure.Folder).AllAsync(IsCompletedAsync))
                return;
            World.Time.Advance(TimeSpan.FromMinutes(16));
            await QuietlyAsync(() => World.Get<ErasureMonitor>().LookAsync().LastOrDefaultAsync().AsTask());
        }
    }

    private async ValueTask<bool> IsCompletedAsync(BlobEntry entry, CancellationToken cancellationToken) =>
        (await new DocumentStore(World.Stores.Blobs).FindAsync<Erasure>(entry.Name, cancellationToken))?.Value.Status == ErasureStatus.Completed;

    /// <summary>Transforms every raw blob again.</summary>
    public async Task ReplayAsync(string replay = "again")
    {
        foreach (CuratedTable table in Tables)
        {
            await foreach (BlobEntry entry in World.Stores.Blobs.ListAsync($"raw/sample/{table.Stream}/"))
                await World.Get<WorkSender>().SendAsync(new TransformMessage("sample", table.Stream, entry.Name, replay));
        }

        await WorkAsync();
    }

    public async Task<string> CuratedAsync() => $"{await World.CuratedAsync("customers")}\n{await World.CuratedAsync("orders")}";

    public Task<IReadOnlyList<string>> FindAsync(params string[] texts) => EveryByte.FindAsync(World.Stores, Tables, texts);

    public async Task<IReadOnlyList<TransformEntry>> EntriesAsync()
    {
        var entries = new List<TransformEntry>();
        var documents = new DocumentStore(World.Stores.Blobs);
        await foreach (BlobEntry entry in World.Stores.Blobs.ListAsync("ledger/transforms/"))
            entries.Add((await documents.FindAsync<TransformEntry>(entry.Name))!.Value);
        return entries;
    }

    private async Task QuietlyAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (CrashException)
        {
            // The next look finds it.
            World.Faults.Restart();
        }
    }
}
