using System.Text;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;
using Penstock.Testing;

namespace Penstock.Pipelines.Tests.Folders;

/// <summary>Several processes in one data folder.</summary>
public sealed class ManyProcessesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderStores _stores;

    public ManyProcessesTests() => _stores = new FolderStores(_folder.Path, TimeProvider.System, new CryptoIdSource());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task no_process_overwrites_what_another_wrote_meanwhile()
    {
        await _stores.Blobs.PutIfAbsentAsync("state/counter", "0"u8.ToArray());
        using var a = new ChildProcess("count", _folder.Path);
        using var b = new ChildProcess("count", _folder.Path);
        await ChildProcess.CountAsync(_stores.Blobs, 40);
        await Task.WhenAll(a.FinishAsync(), b.FinishAsync());
        Assert.Equal("120", Encoding.UTF8.GetString((await _stores.Blobs.GetAsync("state/counter"))!.Content.Span));
    }

    [Fact]
    public async Task of_processes_that_put_if_absent_exactly_one_wins()
    {
        using var a = new ChildProcess("race", _folder.Path);
        using var b = new ChildProcess("race", _folder.Path);
        using var c = new ChildProcess("race", _folder.Path);
        await Task.WhenAll(a.FinishAsync(), b.FinishAsync(), c.FinishAsync());
        string[] won = [.. a.Confirmed, .. b.Confirmed, .. c.Confirmed];
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"{i}").Order(), won.Order());
    }

    [Fact]
    public async Task of_processes_that_pump_a_queue_each_message_goes_to_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 80).Select(async i => await _stores.Queue.SendAsync("transform", Encoding.UTF8.GetBytes($"{i}"))));
        using var a = new ChildProcess("pump", _folder.Path);
        using var b = new ChildProcess("pump", _folder.Path);
        await Task.WhenAll(a.FinishAsync(), b.FinishAsync());
        Assert.Equal(Enumerable.Range(0, 80).Select(i => $"{i}").Order(), a.Confirmed.Concat(b.Confirmed).Order());
    }

    [Fact]
    public async Task two_stores_of_one_process_are_as_safe_as_two_processes()
    {
        await _stores.Blobs.PutIfAbsentAsync("state/counter", "0"u8.ToArray());
        FolderBlobStore[] blobs = [_stores.Blobs, new(_folder.Path, TimeProvider.System), new(_folder.Path, TimeProvider.System)];
        await Task.WhenAll(blobs.Select(store => Task.Run(() => ChildProcess.CountAsync(store, 20))));
        Assert.Equal("60", Encoding.UTF8.GetString((await _stores.Blobs.GetAsync("state/counter"))!.Content.Span));
    }
}
