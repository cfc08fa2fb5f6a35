using System.Globalization;

namespace Penstock.Cli.CommandLine;

/// <summary>Says what went wrong in one line, and keeps the rest in a file.</summary>
internal static class Failure
{
    /// <summary>Tells an error that is nobody's bug, with the next step.</summary>
    public static int Report(Surroundings surroundings, string message, string next, int exitCode = ExitCode.Failed)
    {
        surroundings.Error.WriteLine($"error: {message}");
        surroundings.Error.WriteLine($"       {next}");
        return exitCode;
    }

    /// <summary>Tells an error that nobody foresaw.</summary>
    public static int Report(Exception unexpected, IReadOnlyList<string> args, Surroundings surroundings)
    {
        string time = surroundings.Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        string file = Path.Combine(Path.GetTempPath(), $"penstock-error-{time}-{Environment.ProcessId}.log");
        string command = args.Count > 0 ? args[0] : "";
        surroundings.Error.WriteLine($"error: {unexpected.Message.ReplaceLineEndings(" ")}");
        try
        {
            File.WriteAllText(file, $"penstock {command}\n{unexpected}\n");
            surroundings.Error.WriteLine($"       Details: {file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            surroundings.Error.WriteLine($"       {unexpected.GetType().Name}; its details could not be written to {file}: {e.Message}");
        }

        return ExitCode.Failed;
    }
}
