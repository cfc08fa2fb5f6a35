using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Functions.Triggers;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Testing;

namespace Penstock.Functions.Tests;

public sealed class WorkTriggerTests
{
    private readonly MemoryStores _stores = new();

    [Theory]
    [InlineData("tick")]
    [InlineData("extract")]
    [InlineData("transform")]
    public async Task a_poison_message_becomes_a_dead_letter_of_its_queue(string queue)
    {
        using ServiceProvider services = AppOf.Services(_stores);
        var poison = ActivatorUtilities.CreateInstance<PoisonTriggers>(services);

        await (queue switch
        {
            "tick" => poison.TickAsync("""{"a":1}""", default),
            "extract" => poison.ExtractAsync("""{"a":1}""", default),
            _ => poison.TransformAsync("""{"a":1}""", default),
        });

        var letters = await LettersAsync();
        Assert.Equal(queue, Assert.Single(letters).Queue);
        Assert.Equal("""{"a":1}"""u8.ToArray(), Convert.FromBase64String(letters[0].Body));
    }

    [Fact]
    public async Task a_message_that_can_never_be_processed_is_a_dead_letter_at_once()
    {
        using ServiceProvider services = AppOf.Services(_stores);

        await ActivatorUtilities.CreateInstance<WorkTriggers>(services).ExtractAsync("not JSON", default);

        Assert.Equal("extract", Assert.Single(await LettersAsync()).Queue);
    }

    [Fact]
    public async Task the_timer_plans_what_is_due_and_the_queues_bring_it_to_the_curated_output()
    {
        using ServiceProvider services = AppOf.Services(_stores);
        var work = ActivatorUtilities.CreateInstance<WorkTriggers>(services);

        await ActivatorUtilities.CreateInstance<ClockTriggers>(services).PlanAsync(new TimerInfo(), default);
        await DrainAsync(QueueNames.Extract, work.ExtractAsync);
        await DrainAsync(QueueNames.Transform, work.TransformAsync);

        Assert.NotEqual(0, await CuratedAsync());
    }

    private async Task DrainAsync(string queue, Func<string, CancellationToken, Task> function)
    {
        while (await _stores.Queue.ReceiveAsync(queue, 1, TimeSpan.FromMinutes(5)) is [var item])
        {
            await function(System.Text.Encoding.UTF8.GetString(item.Body.Span), default);
            await _stores.Queue.CompleteAsync(item);
        }
    }

    private async Task<int> CuratedAsync()
    {
        int records = 0;
        await foreach (CuratedRecord _ in _stores.Curated.ReadAsync(new CuratedTable("sample", "numbers")))
            records++;
        return records;
    }

    private async Task<List<DeadLetter>> LettersAsync()
    {
        var letters = new List<DeadLetter>();
        var documents = new DocumentStore(_stores.Blobs);
        await foreach (BlobEntry blob in _stores.Blobs.ListAsync(DeadLetter.Folder))
            letters.Add((await documents.FindAsync<DeadLetter>(blob.Name))!.Value);
        return letters;
    }
}
