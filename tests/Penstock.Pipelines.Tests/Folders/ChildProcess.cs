using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Folders.Curated;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Tests.Folders;

/// <summary>
/// Another process at work in a data folder: this test program, started again with a task in its environment. It prints a line for
/// each thing that a store has confirmed, until it is killed or done.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const string TaskVariable = "PENSTOCK_TEST_CHILD", FolderVariable = "PENSTOCK_TEST_FOLDER";
    private readonly ConcurrentQueue<string> _confirmed = new();
    private readonly Process _process;

    public ChildProcess(string task, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.Environment[TaskVariable] = task;
        start.Environment[FolderVariable] = folder;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                _confirmed.Enqueue(text);
        };
        _process.BeginOutputReadLine();
    }

    public IReadOnlyCollection<string> Confirmed => _confirmed;

    /// <summary>Waits until a number of things is confirmed, then kills the process as hard as the system can.</summary>
    public async Task KillAfterAsync(int confirmed)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (_confirmed.Count < confirmed)
            await Task.Delay(1, limit.Token);
        _process.Kill();
        await _process.WaitForExitAsync(limit.Token);
    }

    public async Task FinishAsync()
    {
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token);
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>Does the task that this process was started for; says false if it was started to run tests.</summary>
    public static async Task<bool> TryRunAsync()
    {
        if (Environment.GetEnvironmentVariable(TaskVariable) is not { } task)
            return false;
        await RunAsync(task, new FolderStores(Environment.GetEnvironmentVariable(FolderVariable)!, TimeProvider.System, new CryptoIdSource()));
        return true;
    }

    private static Task RunAsync(string task, FolderStores stores) => task switch
    {
        "blobs" => OverwriteBlobAsync(stores.Blobs),
        "count" => CountAsync(stores.Blobs, 40),
        "race" => RaceAsync(stores.Blobs),
        "send" => SendAsync(stores.Queue),
        "pump" => PumpAsync(stores.Queue),
        "curate" => CurateAsync(stores.Curated),
        _ => throw new ArgumentException(task, nameof(task)),
    };

    private static async Task OverwriteBlobAsync(FolderBlobStore blobs)
    {
        Blob? blob = await blobs.GetAsync("state/doc.json");
        string etag = blob?.ETag ?? ((Stored)await blobs.PutIfAbsentAsync("state/doc.json", CrashTests.Document(0))).ETag;
        for (int i = blob is null ? 1 : CrashTests.NumberOf(blob.Content.Span) + 1; ; i++)
        {
            etag = ((Stored)await blobs.PutIfMatchAsync("state/doc.json", CrashTests.Document(i), etag)).ETag;
            Console.WriteLine(i);
        }
    }

    internal static async Task CountAsync(IBlobStore blobs, int times)
    {
        for (int done = 0; done < times;)
        {
            Blob blob = (await blobs.GetAsync("state/counter"))!;
            byte[] next = Encoding.UTF8.GetBytes($"{int.Parse(Encoding.UTF8.GetString(blob.Content.Span)) + 1}");
            done += await blobs.PutIfMatchAsync("state/counter", next, blob.ETag) is Stored ? 1 : 0;
        }
    }

    private static async Task RaceAsync(FolderBlobStore blobs)
    {
        for (int i = 0; i < 60; i++)
        {
            if (await blobs.PutIfAbsentAsync($"state/race/{i}", new byte[10_000]) is Stored)
                Console.WriteLine(i);
        }
    }

    private static async Task SendAsync(FolderWorkQueue queue)
    {
        string run = new CryptoIdSource().Next();
        for (int i = 0; ; i++)
        {
            await queue.SendAsync("extract", Encoding.UTF8.GetBytes($"{run}-{i}"));
            Console.WriteLine($"{run}-{i}");
        }
    }

    private static async Task PumpAsync(FolderWorkQueue queue)
    {
        while (await queue.ReceiveAsync("transform", 4, TimeSpan.FromMinutes(5)) is { Count: > 0 } items)
        {
            foreach (WorkItem item in items)
            {
                Console.WriteLine(Encoding.UTF8.GetString(item.Body.Span));
                await queue.CompleteAsync(item);
            }
        }
    }

    private static async Task CurateAsync(FolderCuratedStore curated)
    {
        for (int version = await CrashTests.NewestAsync(curated) + 1; ; version++)
        {
            await curated.UpsertAsync(CrashTests.Table, CrashTests.Batch(version));
            Console.WriteLine(version);
        }
    }
}
