using System.Diagnostics;

namespace Penstock.Benchmarks.Reading;

/// <summary>The source in a process of its own, so that its work isn't counted; it ends when this is disposed of.</summary>
internal sealed class Source : IAsyncDisposable
{
    private readonly Process _process;

    private Source(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<Source> StartAsync(int pages, int parents)
    {
        Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "serve", "--pages", $"{pages}", "--parents", $"{parents}" },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return new Source(process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The source didn't start."));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
