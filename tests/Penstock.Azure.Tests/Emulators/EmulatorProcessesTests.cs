using System.Diagnostics;
using Azure.Storage.Blobs;
using Penstock.Emulators;
using Penstock.Testing;

namespace Penstock.Azure.Tests.Emulators;

public class EmulatorProcessesTests
{
    [Fact]
    public async Task what_was_stored_in_a_folder_is_there_after_a_restart()
    {
        using var data = new TemporaryFolder();
        var options = new EmulatorOptions { DataFolder = data.Path, Cosmos = false };
        await using (EmulatorProcesses first = await EmulatorProcesses.StartAsync(options))
        {
            Assert.Null(first.CosmosConnectionString);
            BlobContainerClient container = new BlobServiceClient(first.StorageConnectionString).GetBlobContainerClient("raw");
            await container.CreateAsync();
            await container.UploadBlobAsync("a", BinaryData.FromString("kept"));
        }

        await using EmulatorProcesses second = await EmulatorProcesses.StartAsync(options);
        var blob = new BlobServiceClient(second.StorageConnectionString).GetBlobContainerClient("raw").GetBlobClient("a");
        Assert.Equal("kept", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task an_emulator_that_does_not_start_is_told_with_what_it_said()
    {
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => NodeProcess.ServeAsync(
            AppContext.BaseDirectory, ["-e", "console.error('port in use'); process.exit(1)"], new Dictionary<string, string>(), ["^ready$"], default));
        Assert.Contains("ended. It said:\nport in use", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void without_Node_js_the_message_says_what_to_install()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => NodeProcess.Start("node-that-is-not-there", AppContext.BaseDirectory, [], []));
        Assert.Contains("need Node.js 20 or later. Install it (https://nodejs.org)", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_emulator_ends_when_the_process_that_started_it_dies()
    {
        var (node, said) = await NodeProcess.ServeAsync(
            AppContext.BaseDirectory, ["-e", "console.log('pid ' + process.pid); setInterval(() => {}, 1000)"], new Dictionary<string, string>(), [@"^pid (?<it>\d+)$"], default);
        using Process process = Process.GetProcessById(int.Parse(said[0]));
        node.EndInput();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await node.DisposeAsync();
    }
}
