using System.Diagnostics;
using System.Globalization;

namespace Penstock.Benchmarks.Measuring;

/// <summary>Runs a program of this build to its end and measures it from outside, as the operating system accounts for it.</summary>
internal static class MeasuredProcess
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs it; what it writes on standard output is thrown away by the system itself.</summary>
    /// <param name="program">The program in this program's folder.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It ended with an exit code other than 0.</exception>
    public static async Task<Usage> RunAsync(string program, params string[] arguments)
    {
        TimeSpan before = ChildUsage.Cpu();
        long start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            // The shell becomes the program: there is no process between, and no pipe that would cost the program time.
            ArgumentList = { "-c", "exec \"$@\" > /dev/null", "sh", Path.Combine(AppContext.BaseDirectory, program) },
            UseShellExecute = false,
        }.With(arguments))!;
        long peak = 0;
        Task ended = process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.WhenAny(ended, Task.Delay(PollInterval));
        }

        return process.ExitCode == 0
            ? new Usage(ChildUsage.Cpu() - before, Stopwatch.GetElapsedTime(start), peak)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
    }

    private static ProcessStartInfo With(this ProcessStartInfo start, IEnumerable<string> arguments)
    {
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    // The high-water mark never falls: the last look before the end is the peak, but for the last few milliseconds.
    private static long PeakOf(int id)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }
}

/// <summary>What a program used.</summary>
/// <param name="Cpu">Processor time, user and system, of all its threads.</param>
/// <param name="Elapsed">Time on the clock.</param>
/// <param name="PeakBytes">The most memory it had at once (resident).</param>
internal sealed record Usage(TimeSpan Cpu, TimeSpan Elapsed, long PeakBytes);
