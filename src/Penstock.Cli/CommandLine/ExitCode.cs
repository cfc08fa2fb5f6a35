namespace Penstock.Cli.CommandLine;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>It was tried and failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a pipeline's file or another input is wrong.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl+C, as shells count it (128 + SIGINT).</summary>
    public const int Stopped = 130;

    public const string Help = "0 all went well, 1 it failed, 2 the input is wrong, 130 stopped by Ctrl+C";
}
