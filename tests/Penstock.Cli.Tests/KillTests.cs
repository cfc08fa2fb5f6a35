using System.Diagnostics;

namespace Penstock.Cli.Tests;

/// <summary>The demo as a process of its own, killed at random moments.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 10;
    private readonly string _folder = Directory.CreateTempSubdirectory("penstock-kill-").FullName;

    [Fact]
    public async Task a_demo_that_is_killed_ten_times_ends_with_the_same_bytes_as_an_undisturbed_one()
    {
        int seed = Environment.TickCount;
        var chance = new Random(seed);
        (int exit, string output) = await RunAsync("undisturbed");
        Assert.True(exit == 0, output);

        int killed = 0;
        for (int i = 0; i < Kills; i++)
        {
            using Process process = Start("killed");
            // A slow machine needs half a second until there is anything to interrupt.
            await Task.Delay(chance.Next(300, 2500));
            killed += process.HasExited ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync();
        }

        (exit, output) = await RunAsync("killed");
        Assert.True(exit == 0, $"seed {seed}: {output}");
        Assert.True(killed >= 5, $"seed {seed}: only {killed} of {Kills} were still running when they were killed");
        Dictionary<string, string> expected = Curated("undisturbed");
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Curated("killed"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Dictionary<string, string> Curated(string data)
    {
        string folder = Path.Combine(_folder, data, "curated");
        return Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToDictionary(
            file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
    }

    private async Task<(int Exit, string Output)> RunAsync(string data)
    {
        using Process process = Start(data);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    private Process Start(string data) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { Path.Combine(AppContext.BaseDirectory, "penstock.dll"), "demo", "--data", Path.Combine(_folder, data) },
        WorkingDirectory = _folder,
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
