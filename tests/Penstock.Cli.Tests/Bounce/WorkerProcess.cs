using System.Diagnostics;

namespace Penstock.Cli.Tests.Bounce;

/// <summary>A real worker, <c>penstock work</c>, as a process of its own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _working = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Ends when it works.</summary>
    public Task Working => _working.Task;

    /// <summary>What it wrote to standard error, from all workers together.</summary>
    public static WorkerProcess Start(string folder, string storage, string cosmos, Action<string> error)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    Path.Combine(AppContext.BaseDirectory, "penstock.dll"), "work", "--storage", storage, "--cosmos", cosmos,
                    "--pipelines", Path.Combine(folder, "pipelines"), "--lease", "5",
                },
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        var worker = new WorkerProcess(process);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Working as", StringComparison.Ordinal) == true)
                worker._working.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                error(text);
        };
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => worker._working.TrySetException(new InvalidOperationException("The worker ended before it worked."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Whether it still runs.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>kill -9; says whether it was running.</summary>
    public async Task<bool> KillAsync()
    {
        bool wasAlive = !_process.HasExited;
        _process.Kill();
        await _process.WaitForExitAsync();
        return wasAlive;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
