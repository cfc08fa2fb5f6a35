using System.Text;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads the files of one pipeline: as text, bounded, and only from its own folder.</summary>
internal sealed class PipelineFolder(string name, IPipelineFiles files)
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The path of a file from the pipelines' folder, as problems name it.</summary>
    public string PathOf(string file) => $"{name}/{file}";

    /// <summary>Reads the file that a field names; what keeps it from being read becomes a problem of that field.</summary>
    public async ValueTask<string?> ReadAsync(string file, Action<string, string> reject, CancellationToken cancellationToken)
    {
        if (file.Split('/').Any(part => part is "" or "." or "..") || file.Contains('\\') || Path.IsPathRooted(file))
        {
            reject($"'{file}' isn't a file of this pipeline.", "Write a path below the pipeline's own folder, parts joined by '/'.");
            return null;
        }

        if (await files.ReadAsync(PathOf(file), cancellationToken) is not { } bytes)
        {
            string[] there = [.. (await files.ListAsync(name, cancellationToken)).Select(one => one.Path[(name.Length + 1)..])];
            reject($"There is no file '{file}'.", Nearest.Find(file, there) is { } meant ? $"Did you mean '{meant}'?" : $"Create {PathOf(file)}.");
            return null;
        }

        if (bytes.Length > MaxBytes)
        {
            reject($"'{file}' has {bytes.Length} bytes.", $"Keep it to {MaxBytes} bytes.");
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            reject($"'{file}' isn't UTF-8.", "Save it as UTF-8.");
            return null;
        }
    }
}
