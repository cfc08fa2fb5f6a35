using System.Text.Json;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Recording;

/// <summary>
/// A folder of calls and answers, to test a connector with: recorded once from the source, replayed for ever without it. The
/// config's secrets, what authenticates, and tokens never get into it; what records hold does.
/// </summary>
public sealed class ConnectorRecording
{
    private const string AboutFile = "recording.json";
    private readonly string _folder;
    private readonly IReadOnlyList<Exchange>? _recorded;

    private ConnectorRecording(string folder, DateTimeOffset now, IReadOnlyList<Exchange>? recorded) => (_folder, Now, _recorded) = (folder, now, recorded);

    /// <summary>What counts as now while it is recorded and replayed.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Whether it is replayed: then the source isn't called, and nothing needs to be waited for.</summary>
    public bool IsReplay => _recorded is not null;

    /// <summary>Begins a recording.</summary>
    /// <param name="folder">The folder; it is made if need be, and must have no recording yet.</param>
    /// <param name="now">What counts as now.</param>
    /// <exception cref="IOException">The folder has a recording already, or can't be written.</exception>
    public static ConnectorRecording Begin(string folder, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        var about = Path.Combine(folder, AboutFile);
        if (File.Exists(about)) throw new IOException($"'{folder}' has a recording already. Delete it, or give another folder.");
        File.WriteAllText(about, JsonSerializer.Serialize(new RecordingAbout(now), RecordingJson.Readable.RecordingAbout) + "\n");
        return new ConnectorRecording(folder, now, null);
    }

    /// <summary>Opens a recording.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The folder has no recording.</exception>
    /// <exception cref="JsonException">A file of it isn't one of a recording.</exception>
    public static ConnectorRecording Open(string folder)
    {
        var about = Path.Combine(folder, AboutFile);
        if (!File.Exists(about)) throw new IOException($"'{folder}' has no recording. Make one with --record.");
        var exchanges = Directory.EnumerateFiles(folder, "*.json").Where(file => Path.GetFileName(file) != AboutFile).Order(StringComparer.Ordinal)
            .Select(file => Read(file, text => JsonSerializer.Deserialize(text, RecordingJson.Readable.Exchange)));
        return new ConnectorRecording(folder, Read(about, text => JsonSerializer.Deserialize(text, RecordingJson.Readable.RecordingAbout)).Now, [.. exchanges]);
    }

    /// <summary>A transport that records, or that replays.</summary>
    /// <param name="connector">The connector; its specification says which values are secret.</param>
    /// <param name="config">The config as a JSON object in UTF-8.</param>
    /// <param name="hosts">Which hosts may be called.</param>
    public HttpTransport Transport(Connector connector, ReadOnlySpan<byte> config, HostPolicy hosts)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var redaction = new Redaction(connector.Specification, ValueJsonReader.Read(config));
        return new HttpTransport(hosts, _recorded is { } recorded
            ? new ReplayHandler(recorded, redaction)
            : new RecordingHandler(GuardedConnections.Create(hosts), _folder, redaction));
    }

    private static T Read<T>(string file, Func<string, T?> read)
        where T : class
    {
        try
        {
            return read(File.ReadAllText(file)) ?? throw new JsonException("it is empty");
        }
        catch (JsonException invalid)
        {
            throw new JsonException($"'{file}' isn't a file of a recording: {invalid.Message}", invalid);
        }
    }
}
