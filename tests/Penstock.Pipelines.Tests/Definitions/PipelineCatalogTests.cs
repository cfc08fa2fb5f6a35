using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;

namespace Penstock.Pipelines.Tests.Definitions;

public sealed class PipelineCatalogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("penstock");

    [Fact]
    public async Task a_broken_pipeline_does_not_hide_its_neighbours()
    {
        Write("good", Receiving("good"));
        Write("bad", "pipeline: [");
        var catalog = new FolderPipelineCatalog(_folder.FullName);
        Assert.Collection(
            await catalog.ListAsync(),
            bad => Assert.Equal("bad/pipeline.yaml", Assert.Single(Assert.IsType<BrokenPipeline>(bad).Problems).File),
            good => Assert.Equal("good", Assert.IsType<UsablePipeline>(good).Name));
        Assert.IsType<UsablePipeline>(await catalog.FindAsync("good"));
        Assert.IsType<BrokenPipeline>(await catalog.FindAsync("bad"));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("..")]
    [InlineData("GOOD")]
    [InlineData("*")]
    [InlineData("")]
    public async Task a_name_that_no_pipeline_has_finds_nothing(string name)
    {
        Write("good", Receiving("good"));
        Assert.Null(await new FolderPipelineCatalog(_folder.FullName).FindAsync(name));
    }

    [Fact]
    public async Task a_changed_file_is_read_again_and_an_unchanged_one_is_not()
    {
        Write("good", Receiving("good"));
        var catalog = new FolderPipelineCatalog(_folder.FullName);
        PipelineEntry? first = await catalog.FindAsync("good");
        Assert.Same(first, await catalog.FindAsync("good"));
        Assert.Same(first, Assert.Single(await catalog.ListAsync()));
        Write("good", Receiving("good") + "\npaused: true");
        Assert.True(Assert.IsType<UsablePipeline>(await catalog.FindAsync("good")).Pipeline.Paused);
    }

    [Fact]
    public async Task a_folder_that_is_not_there_has_no_pipelines() =>
        Assert.Empty(await new FolderPipelineCatalog(Path.Combine(_folder.FullName, "nothing")).ListAsync());

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Receiving(string name) => $"pipeline: {name}\nstreams: [{{stream: a, receive: {{event_hub: a}}, key: [id]}}]";

    private void Write(string name, string text) =>
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory(name).FullName, "pipeline.yaml"), text);
}
