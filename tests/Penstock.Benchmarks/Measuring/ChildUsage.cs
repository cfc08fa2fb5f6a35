using System.Runtime.InteropServices;

namespace Penstock.Benchmarks.Measuring;

/// <summary>The processor time of child processes that have ended: POSIX <c>getrusage(RUSAGE_CHILDREN)</c>, on 64-bit Linux.</summary>
internal static partial class ChildUsage
{
    private const int Children = -1;

    public static TimeSpan Cpu()
    {
        var usage = new long[18];
        if (GetResourceUsage(Children, usage) != 0)
            throw new InvalidOperationException("The system doesn't tell the processor time of child processes.");
        // ru_utime and ru_stime: seconds and microseconds each.
        return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, [Out] long[] usage);
}
