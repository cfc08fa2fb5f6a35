using System.Globalization;
using System.Text.Json;

namespace Penstock.Cli.Tracing;

/// <summary>The last traces of a data folder: a file of spans an hour, the oldest deleted when all together are too large.</summary>
/// <param name="path">The folder.</param>
internal sealed class TraceFolder(string path)
{
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>The folder of a data folder's traces.</summary>
    public static TraceFolder Of(string data) => new(Path.Combine(data, ".penstock", "traces"));

    /// <summary>Whether anything was ever kept here.</summary>
    public bool Exists => Directory.Exists(path);

    /// <summary>Keeps spans.</summary>
    public void Write(IReadOnlyList<RecordedSpan> spans)
    {
        Directory.CreateDirectory(path);
        foreach (IGrouping<string, RecordedSpan> hour in spans.GroupBy(span => NameOf(span.Start)))
        {
            bool isNew = !File.Exists(hour.Key);
            using (var file = new FileStream(hour.Key, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            {
                foreach (RecordedSpan span in hour)
                {
                    JsonSerializer.Serialize(file, span, SpanJson.Default.RecordedSpan);
                    file.WriteByte((byte)'\n');
                }
            }

            if (isNew)
                MakeRoom();
        }
    }

    /// <summary>Reads the spans that were kept, the oldest hour first. A line that a killed process left unfinished is left out.</summary>
    public IEnumerable<RecordedSpan> Read()
    {
        if (!Exists)
            yield break;
        foreach (string name in Directory.EnumerateFiles(path, "*.jsonl").Order(StringComparer.Ordinal))
        {
            using var file = new StreamReader(new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            while (file.ReadLine() is { } line)
            {
                if (Parse(line) is { } span)
                    yield return span;
            }
        }
    }

    private static RecordedSpan? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, SpanJson.Default.RecordedSpan);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string NameOf(DateTimeOffset at) => Path.Combine(path, at.UtcDateTime.ToString("yyyyMMdd'T'HH", CultureInfo.InvariantCulture) + ".jsonl");

    private void MakeRoom()
    {
        FileInfo[] files = [.. new DirectoryInfo(path).EnumerateFiles("*.jsonl").OrderByDescending(file => file.Name, StringComparer.Ordinal)];
        long bytes = 0;
        foreach (FileInfo file in files.Skip(1))
        {
            bytes += file.Length;
            if (bytes > MaxBytes)
                file.Delete();
        }
    }
}
