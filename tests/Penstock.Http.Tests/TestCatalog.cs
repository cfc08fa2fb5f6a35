using Penstock.Pipelines.Definitions;

namespace Penstock.Http.Tests;

internal sealed class TestCatalog : IPipelineCatalog
{
    public List<PipelineEntry> Entries { get; } =
    [
        new BrokenPipeline("broken", [new DefinitionProblem("broken/pipeline.yaml", 3, "streams[0]", "The stream has no name.", "Give it one.")]),
        new UsablePipeline(new Pipeline { Name = "crm", Streams = [new PipelineStream { Name = "contacts", Key = ["id"] }, new PipelineStream { Name = "deals", Key = ["id"] }] }),
        new UsablePipeline(new Pipeline
        {
            Name = "shop",
            Owner = "sales@example.org",
            Streams =
            [
                new PipelineStream { Name = "orders", Key = ["id"], Reception = new Reception("orders", new WebhookSignature("shop-key")) },
                new PipelineStream { Name = "clicks", Reception = new Reception("clicks", null) },
                new PipelineStream { Name = "keyless", Reception = new Reception(null, new WebhookSignature("no-such-key", "X-Sign", "")) },
            ],
        }),
    ];

    public bool IsDown { get; set; }

    public ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default) =>
        IsDown ? throw new IOException("the disk is gone") : ValueTask.FromResult<IReadOnlyList<PipelineEntry>>(Entries);

    public ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        IsDown ? throw new IOException("the disk is gone") : ValueTask.FromResult(Entries.Find(entry => entry.Name == name));
}

internal sealed class NoStreams : IStreamOpener
{
    public ValueTask<StreamOpening> OpenAsync(Pipeline pipeline, string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<StreamOpening>(new StreamUnavailable([new DefinitionProblem("test", 0, "", "Nothing is pulled here.", "")]));
}
